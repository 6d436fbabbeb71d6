"""The engine's memory over a restart: the last snapshot of the state, and the facts journalled since."""

from __future__ import annotations

import structlog

from kaska.core.configuration import Configuration
from kaska.core.core import Core
from kaska.core.facts import Fact
from kaska.core.state import IllegalTransition, State
from kaska.engine.journal import Journal
from kaska.engine.tenant import TenantEngine
from kaska.ledger.codec import decode_fact, decode_state, encode_state

log = structlog.get_logger(__name__)

BATCH = 5000
SNAPSHOT_EVERY_FACTS = 20_000


def recover(journal: Journal, tenant: str) -> Core:
    """The core as it was when the last fact was journalled; a fresh one for a tenant never seen."""
    snapshot = journal.latest_snapshot(tenant)
    if snapshot is not None:
        seq, body = snapshot
        state = decode_state(body, State)
    else:
        seq, state = 0, State(Configuration(tenant, 0, ""))
    replayed = 0
    while records := journal.read(seq, BATCH, tenant):
        for record in records:
            _replay(state, decode_fact(record.type, record.body), record.seq)
        seq = records[-1].seq
        replayed += len(records)
    log.info("recovered", tenant=tenant, facts=replayed, contacts=len(state.contacts), debts=len(state.debts))
    return Core.replayed(state, ())


def _replay(state: State, fact: Fact, seq: int) -> None:
    try:
        state.apply(fact)
    except IllegalTransition as defect:
        # one bad fact must not keep the telephones silent: the rest is taken, and this is shouted
        log.error("a journalled fact does not fit", seq=seq, story=str(defect))


class Memory:
    """Takes snapshots of a tenant's state now and then, so that a restart replays little."""

    def __init__(self, journal: Journal, engine: TenantEngine) -> None:
        self._journal = journal
        self._engine = engine
        self._last = engine.cursor

    async def keep(self, *, now: bool = False) -> bool:
        """Save a snapshot when enough has happened (or ``now``), and let go of what is not needed any more."""
        cursor = self._engine.cursor
        if not now and cursor - self._last < SNAPSHOT_EVERY_FACTS:
            return False
        body = encode_state(self._engine.core.state, State)  # state and cursor belong together: no await between
        await self._journal.save_snapshot(self._engine.tenant, cursor, body)
        self._last = cursor
        await self._journal.trim()
        return True
