"""The live picture of a tenant, streamed to browsers as a snapshot and then changes."""
