"""Scripts of conversations: edited by the manager, followed by the agent, measured."""
