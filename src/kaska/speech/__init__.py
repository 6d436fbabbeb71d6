"""Recognisers of speech, in a process of their own: they compute for long, and what decides calls must never wait."""
