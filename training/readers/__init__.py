"""What the values of a column mean: decided by the whole column, never by the cell."""
