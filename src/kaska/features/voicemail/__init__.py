"""Messages that callers left, by mail: each to whom it is for, with the sound."""
