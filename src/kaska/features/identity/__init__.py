"""People, how they sign in, what each may do, and the written trace of it."""
