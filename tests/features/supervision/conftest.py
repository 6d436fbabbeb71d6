from __future__ import annotations

from support.books import company, database, found, neighbour, web

__all__ = ["company", "database", "found", "neighbour", "web"]
