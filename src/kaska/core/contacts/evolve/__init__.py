"""How facts change a contact. No decisions here: what a fact says, happens.

By the same division as ``core/facts``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kaska.core import facts
from kaska.core.contacts.evolve import callback, contact, line, recording, scenario, talk
from kaska.core.contacts.evolve.line import reconfigured

if TYPE_CHECKING:
    from kaska.core.state import State

__all__ = ["EVOLVE", "reconfigured"]

EVOLVE: dict[type[facts.Fact], Callable[[State, Any], None]] = {
    **contact.EVOLVE,
    **scenario.EVOLVE,
    **line.EVOLVE,
    **talk.EVOLVE,
    **callback.EVOLVE,
    **recording.EVOLVE,
}
