"""The benchmark of the win probability: real closed deals, and companies whose truth is known."""
