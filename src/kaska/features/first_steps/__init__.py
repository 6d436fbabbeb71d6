"""From an empty installation to the first answered call."""
