"""Whether a conversation is recorded, and the parts of it that must not be."""
