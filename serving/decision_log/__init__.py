"""The decision log: every decision once, kept before it is answered, and never changed."""
