"""One queue's waiting line, in order: who has waited longest, where each point of priority counts as some waiting."""

from __future__ import annotations

from bisect import bisect_left, insort

Key = tuple[float, float, str]


def key_of(priority: int, since: float, contact: str, priority_seconds: float) -> Key:
    """The place in any line: smaller goes first.

    A contact that came t seconds after another goes before it only when its priority is higher by more than
    t / ``priority_seconds`` points. So whatever the difference d, those who come more than d × ``priority_seconds``
    later go behind: nobody starves. The key does not change while they wait, so lines stay sorted by themselves.
    """
    return (since - priority * priority_seconds, since, contact)


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

    def contacts(self) -> tuple[str, ...]:
        """Everybody who waits here, in order."""
        return tuple(key[2] for key in self._waiting)

    def place(self, contact: str) -> int:
        """1 for the head of the line; 0 when the contact does not wait here."""
        key = self._keys.get(contact)
        return bisect_left(self._waiting, key) + 1 if key is not None else 0
