"""Pictures of every screen, on a company made for them."""
