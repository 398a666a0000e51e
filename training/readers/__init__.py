"""What the values of a column mean, decided on the evidence of the whole column, never per cell."""
