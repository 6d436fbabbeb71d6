"""How a queue chooses among the ready agents who can take its contact: one small file for each policy."""
