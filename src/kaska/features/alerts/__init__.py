"""Figures that left their limits: rules, critical situations, and who is told of them by mail and webhook."""
