"""How long recordings are kept, what holds them longer, and the proofs of what was deleted."""
