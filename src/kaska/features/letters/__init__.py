"""Figures by mail: every evening to agents and managers, every month as a document."""
