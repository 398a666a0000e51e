"""May a model answer for the company? A verdict with its reasons, never a silent fallback."""
