"""Which script belongs to a conversation. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

NARROWEST_FIRST = ("number", "queue", "project", "everywhere")


def chosen(scripts: Iterable[tuple[str, Sequence[Mapping[str, str]]]], *, number: str, queue: str, project: str) -> str:
    """Identifier of the script with the narrowest fitting place; the first of several in the order given; "" for none.

    ``scripts``: (identifier, [{kind, id}]).
    """
    known = {"number": number, "queue": queue, "project": project, "everywhere": ""}
    best, script = len(NARROWEST_FIRST), ""
    for id, places in scripts:
        for place in places:
            kind = place["kind"]
            if place["id"] != known[kind] or (kind != "everywhere" and not place["id"]):
                continue
            if NARROWEST_FIRST.index(kind) < best:
                best, script = NARROWEST_FIRST.index(kind), id
    return script
