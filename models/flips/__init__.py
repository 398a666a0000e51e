"""The smallest change that turns a recommendation."""
