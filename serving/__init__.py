"""The answer over HTTP: the BentoML service, its messages and its settings."""
