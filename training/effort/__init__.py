"""Where pursuit hours went: by value at the decision, by team, and on deals not to be won."""
