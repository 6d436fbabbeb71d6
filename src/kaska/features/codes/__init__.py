"""Codes that people dial on any telephone: edited here, in force once published."""
