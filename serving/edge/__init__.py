"""The edge: one guard around every route, for size, type, keys, limits, errors and the log."""
