"""What callers hear: recordings that people make, bring or have spoken."""
