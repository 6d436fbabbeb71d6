"""Who may call where, by which lines, for how much: edited, published, and seen."""
