"""Projects and the hours when they are open."""
