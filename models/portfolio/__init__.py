"""Which deals to work when there are not hours enough for all of them."""
