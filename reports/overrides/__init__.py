"""What became of overrides: the data and the words."""
