"""Who may call where, by which line, and for how much."""
