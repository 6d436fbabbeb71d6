"""Webhooks: other people's programs are told what happens, signed, each event at least once."""
