"""Load by SIPp: scenario files, and a driver that starts it, waits and reads what it measured."""

from __future__ import annotations

from sipp.driver import Sipp, Statistics, agents, caller, customers, register

__all__ = ["Sipp", "Statistics", "agents", "caller", "customers", "register"]
