"""The routes of the contract, one file a group; `serving.api` puts them together."""
