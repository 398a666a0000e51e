"""The replay: past deals run through a policy as they were known at the time."""
