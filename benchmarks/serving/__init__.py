"""How fast answers are, and what they cost the processor."""
