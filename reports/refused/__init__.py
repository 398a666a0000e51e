"""What is known of refused deals: the data, the words and the page."""
