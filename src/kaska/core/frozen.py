"""Dataclasses for what is made by the million: facts, events, commands.

The standard library's frozen dataclass writes each field through ``object.__setattr__``, which makes it four times as
slow to make as one that is not frozen. These are frozen for the type checker, which refuses every assignment to a
field, and plain in the running program.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(field_specifiers=(dataclasses.field,))
def dataclass(*, frozen: bool, slots: bool) -> Callable[[type[T]], type[T]]:
    """Use as the standard one: ``@dataclass(frozen=True, slots=True)``. Equal and hashed by value."""

    def make(cls: type[T]) -> type[T]:
        return dataclasses.dataclass(slots=slots, unsafe_hash=frozen)(cls)

    return make
