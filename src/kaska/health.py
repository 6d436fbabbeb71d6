"""The truth about each part of this process, for people and for whoever watches the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from kaska.web import PartHealth

if TYPE_CHECKING:
    from kaska.services import BehindTheCalls

LAG_ALARM_SECONDS = 30.0


class Health:
    """``needed`` parts make the whole unhealthy; without the others calls go on, which is what matters most."""

    def __init__(self, behind: BehindTheCalls) -> None:
        self._behind = behind
        self._process = behind.process

    async def parts(self) -> dict[str, PartHealth]:
        roles = self._process.settings.active_roles
        found = {"database": await self._database()}
        if "engine" in roles:
            found |= {"switch": self._switch(), "journal": self._journal(), "engine": self._engine()}
            found["ledger"] = self._ledger()
        if "jobs" in roles:
            found["projections"] = self._projections()
            found["witnesses"] = self._witnesses()
        return found

    async def _database(self) -> PartHealth:
        try:
            async with self._behind.database.system() as connection:
                await connection.execute(text("SELECT 1"))
        except Exception as problem:
            return PartHealth(False, f"no answer: {type(problem).__name__}; calls go on, facts wait in the journal")
        return PartHealth(True)

    def _switch(self) -> PartHealth:
        connection = self._process.voice.connection
        detail = "" if self._process.voice.is_connected else "new calls are answered by the fallback of the switch"
        return PartHealth(self._process.voice.is_connected, detail or connection.state.value)

    def _journal(self) -> PartHealth:
        journal = self._process.journal
        return PartHealth(not journal.alarm, journal.alarm or f"{journal.last_seq} facts, {journal.waiting} in memory")

    def _engine(self) -> PartHealth:
        tenants = self._process.engine.all()
        broken = [law for tenant in tenants for law in tenant.broken_laws()]
        unpublished = [one.tenant for one in tenants if one.core.state.configuration.version == 0]
        if broken:
            return PartHealth(False, "; ".join(broken))
        if not tenants or unpublished:
            return PartHealth(False, "no configuration is published yet", needed=False)
        alive = sum(len(tenant.core.state.contacts) for tenant in tenants)
        return PartHealth(True, f"{alive} contacts alive")

    def _ledger(self) -> PartHealth:
        shipper = self._behind.shipper
        late = shipper.lag > LAG_ALARM_SECONDS
        detail = shipper.problem or f"{shipper.unshipped} facts to ship"
        return PartHealth(not shipper.problem and not late, detail, needed=False)

    def _projections(self) -> PartHealth:
        problems = self._behind.projector.problems
        return PartHealth(not problems, "; ".join(f"{name}: {why}" for name, why in problems.items()), needed=False)

    def _witnesses(self) -> PartHealth:
        witnessing = self._behind.witnessing
        return PartHealth(not witnessing.problem, witnessing.problem or witnessing.summary, needed=False)
