"""Scenarios as documents that people edit."""
