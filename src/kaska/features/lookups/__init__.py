"""Outside sources that scenarios ask: services, databases, decision tables."""
