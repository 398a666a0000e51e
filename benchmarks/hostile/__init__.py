"""The running service under what nobody wishes it: kills, outages, hostile requests, long load."""
