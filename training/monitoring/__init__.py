"""How a champion fares with what came after it: outcomes, inputs, and what to do about them."""
