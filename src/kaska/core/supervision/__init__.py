"""A supervisor's hand in the floor: listening in, helping, taking over, moving who waits, setting agents' states."""
