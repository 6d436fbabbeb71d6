"""Lines to the public network and the numbers on them."""
