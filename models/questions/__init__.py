"""What to find out next: what knowing an unknown fact of a deal is worth."""
