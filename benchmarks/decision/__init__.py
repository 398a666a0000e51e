"""What is decided on top of a probability, measured beside what others would do."""
