"""Who may ask: API keys with scopes, kept as hashes in the home folder."""
