"""How a deal ended: read from flags, words, stages or an archive."""
