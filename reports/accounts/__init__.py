"""The ranking of accounts: its data, its words and its page."""
