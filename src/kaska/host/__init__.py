"""What the product stands on, on one machine: PostgreSQL, Asterisk and our own process, started and kept alive."""
