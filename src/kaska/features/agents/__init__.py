"""Agents: what they can do, their telephones, and their workplace."""
