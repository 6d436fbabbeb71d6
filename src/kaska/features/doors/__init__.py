"""Telephones at doors: whom they ring, what opens their locks, where their cameras are."""
