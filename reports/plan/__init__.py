"""The plan of open deals: how it is composed, its data, its words and its page."""
