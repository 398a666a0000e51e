"""Where pursuit hours went: the data, the words and the page."""
