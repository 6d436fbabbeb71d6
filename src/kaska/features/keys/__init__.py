"""Keys: what lets programs use the API, and screens on the wall show the floor, without a person's password."""
