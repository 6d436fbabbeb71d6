"""Codes that people dial on any telephone: what they mean, what comes of them, what is said."""
