"""How CRMs call things: presets as data, shared by training on exports and scoring of records."""
