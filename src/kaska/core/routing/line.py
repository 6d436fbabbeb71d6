"""One queue's waiting line, in order: higher priority first, then who has waited longest, then by id."""

from __future__ import annotations

from bisect import bisect_left, insort

Key = tuple[int, float, str]


def key_of(priority: int, since: float, contact: str) -> Key:
    return (-priority, since, contact)


class WaitingLine:
    """Two sorted lists: everybody who waits (for the place), and those whom nobody is being asked to take."""

    __slots__ = ("_free", "_keys", "_waiting")

    def __init__(self) -> None:
        self._waiting: list[Key] = []
        self._free: list[Key] = []
        self._keys: dict[str, Key] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, key: Key, *, free: bool) -> None:
        """Add a contact or change whether it may be offered; does nothing when nothing changes."""
        contact = key[2]
        if self._keys.get(contact) != key:
            self.remove(contact)
            insort(self._waiting, key)
            self._keys[contact] = key
        index = bisect_left(self._free, key)
        present = index < len(self._free) and self._free[index] == key
        if free and not present:
            self._free.insert(index, key)
        elif not free and present:
            del self._free[index]

    def remove(self, contact: str) -> None:
        key = self._keys.pop(contact, None)
        if key is None:
            return
        for keys in (self._waiting, self._free):
            index = bisect_left(keys, key)
            if index < len(keys) and keys[index] == key:
                del keys[index]

    def first_free(self) -> Key | None:
        return self._free[0] if self._free else None

    def free(self) -> tuple[Key, ...]:
        return tuple(self._free)

    def place(self, contact: str) -> int:
        """1 for the head of the line; 0 when the contact does not wait here."""
        key = self._keys.get(contact)
        return bisect_left(self._waiting, key) + 1 if key is not None else 0
