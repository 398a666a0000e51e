"""What people read about a challenger in the champion's shadow."""
