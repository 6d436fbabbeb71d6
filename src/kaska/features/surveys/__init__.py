"""What people answered when they were asked by keys: counted, and by contact."""
