"""The mail server by which a company's letters go."""
