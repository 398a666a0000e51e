"""Deals as they were known: rebuilt from a CRM's history, as of the day that decides."""
