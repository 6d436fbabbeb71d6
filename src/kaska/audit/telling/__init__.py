"""The audit told to people: one document (``report``), painted as text, as a page and as a PDF."""
