"""The knowledge base: articles that operators look things up in while they talk."""
