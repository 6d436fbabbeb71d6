from __future__ import annotations

from tests.plugins.web import database, make_site, site

__all__ = ["database", "make_site", "site"]
