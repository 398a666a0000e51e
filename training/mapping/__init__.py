"""From the columns of a CRM's export to those of a policy: presets, headers, recognition."""
