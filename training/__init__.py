"""How it is learned from closed deals: intake, splits, fit, evaluation, review, promotion."""
