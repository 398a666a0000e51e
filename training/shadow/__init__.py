"""A challenger in the shadow, compared with the champion on what both were asked."""
