"""What an agent says and asks, step by step: the graph, walking it, what is wrong with it. Pure."""
