"""Deals out of the decision log, as a source that training reads like any file."""
