"""Calls among ourselves, as they are shown: who called which colleague, how it ended, how long they talked."""
