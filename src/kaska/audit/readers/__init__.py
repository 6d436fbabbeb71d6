"""One file per format: rows of a log in, contacts out, and what was left out with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kaska.audit.contacts import Contact, Talks
from kaska.audit.options import Options
from kaska.audit.reading import Reading
from kaska.audit.source import Source

Reader = Callable[[Sequence[Source], Reading], Iterator[Contact | Talks]]

FORMATS_TOLD_FIRST = ("queue-log", "asterisk-cel", "asterisk-cdr", "freeswitch-cdr", "csv")
"""of one call the first of these tells; the others are left out"""


def reader_of(name: str, options: Options) -> Reader:
    """The reader of a format of FORMATS_TOLD_FIRST. What only one format needs is not loaded for the others."""
    if name == "queue-log":
        from kaska.audit.readers import queue_log

        return queue_log.contacts
    if name == "asterisk-cel":
        from kaska.audit.readers import asterisk_cel

        return asterisk_cel.contacts
    if name == "asterisk-cdr":
        from kaska.audit.readers import asterisk_cdr

        return asterisk_cdr.contacts
    if name == "freeswitch-cdr":
        from kaska.audit.readers import freeswitch_cdr

        return freeswitch_cdr.contacts
    if name == "csv":
        from kaska.audit.readers.free_csv import FreeCsv

        return FreeCsv(options)
    raise ValueError(name)
