"""The replay of past deals: its data, its words, its terminal and its page."""
