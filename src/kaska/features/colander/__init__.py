"""The colander on live books: where contacts leak, what it costs, what would close it."""
