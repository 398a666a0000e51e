"""Champion swaps under load, with damaged versions among them."""
