"""The demo's inhabitants: virtual customers who call in through the trunk, and robot operators who answer some of them.

Started by ``make demo`` when the product is up: ``PYTHONPATH=tools python -m demo``. Nothing here is part of the
product; everything goes through its public doors (SIP, HTTP, WebSocket), as people's own telephones and browsers do.
"""

from __future__ import annotations

from demo.town import Town, run

__all__ = ["Town", "run"]
