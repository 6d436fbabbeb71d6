"""What callers hear: the recordings that are there."""
