"""How long a person will wait, from the queue's own recent data; nothing rather than something wrong."""

from __future__ import annotations

from collections.abc import Sequence

FEWEST = 5
RECENT_SECONDS = 1800.0


def expected_wait(connections: Sequence[float], place: int, at: float) -> float | None:
    """Seconds until the person at ``place`` (1 = head) talks; None when there is too little to tell from.

    ``connections`` are moments of the queue's latest connections, oldest first. People leave the line at the mean
    pace of the recent connections, the gap since the last of them included, so that a stalled queue is seen.
    """
    recent = [moment for moment in connections if at - moment <= RECENT_SECONDS]
    if len(recent) < FEWEST or place < 1:
        return None
    return place * (at - recent[0]) / len(recent)
