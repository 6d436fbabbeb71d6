"""The truth about each part of this process, for people and for whoever watches the machine."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from kaska.core.ports import EngineAway
from kaska.kit.addresses import contested
from kaska.web import PartHealth

if TYPE_CHECKING:
    from kaska.engine.remote import RemoteEngine
    from kaska.services import Books, Services
    from kaska.telephony import Telephony

LAG_ALARM_SECONDS = 30.0


class Health:
    """``needed`` parts make the whole unhealthy; without the others calls go on, which is what matters most."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def parts(self) -> dict[str, PartHealth]:
        services = self._services
        found = {"database": await self._database()} | self._here()
        if services.remote is not None:
            found |= await _elsewhere(services.remote)
        if "jobs" in services.settings.active_roles:
            problems = services.projector.problems
            said = "; ".join(f"{name}: {why}" for name, why in problems.items())
            found["projections"] = PartHealth(not problems, said, needed=False)
            watch = services.watch
            found["laws"] = PartHealth(not watch.problem, watch.problem or watch.summary, needed=False)
        return found

    def told(self) -> dict[str, dict[str, Any]]:
        """The parts that only the engine's process knows, for the process that is asked about all of them."""
        return {name: asdict(part) for name, part in self._here().items()}

    def _here(self) -> dict[str, PartHealth]:
        telephony, books = self._services.telephony, self._services.books
        return {} if telephony is None or books is None else _deciding(telephony) | _books(books)

    async def _database(self) -> PartHealth:
        try:
            async with self._services.database.system() as connection:
                await connection.execute(text("SELECT 1"))
        except Exception as problem:
            return PartHealth(False, f"no answer: {type(problem).__name__}; calls go on, facts wait in the journal")
        return PartHealth(True)


async def _elsewhere(remote: RemoteEngine) -> dict[str, PartHealth]:
    try:
        return {name: PartHealth(**part) for name, part in (await remote.inquire("health")).items()}
    except EngineAway:
        return {"engine": PartHealth(False, "no answer at its door")}


def _deciding(telephony: Telephony) -> dict[str, PartHealth]:
    connection, journal = telephony.voice.connection, telephony.journal
    told = connection.state.value if telephony.voice.is_connected else "new calls go to the fallback of the switch"
    return {
        "switch": PartHealth(telephony.voice.is_connected, told),
        "journal": PartHealth(
            not journal.alarm, journal.alarm or f"{journal.last_seq} facts, {journal.waiting} in memory"
        ),
        "engine": _engine(telephony),
        **_speech(telephony),
    }


def _speech(telephony: Telephony) -> dict[str, PartHealth]:
    """Only where a recogniser is wanted."""
    if telephony.speech is None:
        return {}
    there = telephony.speech.is_there
    return {"speech": PartHealth(there, "listening" if there else "no recogniser: callers use keys", needed=False)}


def _engine(telephony: Telephony) -> PartHealth:
    tenants = telephony.engine.all()
    if broken := [law for tenant in tenants for law in tenant.broken_laws()]:
        return PartHealth(False, "; ".join(broken))
    if shared := _shared_addresses(telephony):
        return PartHealth(False, shared, needed=False)
    published = [one for one in tenants if one.core.state.configuration.version > 0]
    if not published:
        return PartHealth(False, "no configuration is published yet: calls can only leave a message", needed=False)
    return PartHealth(True, f"{sum(len(one.core.state.contacts) for one in published)} contacts alive")


def _shared_addresses(telephony: Telephony) -> str:
    """Within a company this is refused at publishing; between companies nobody sees the other's trunks but we."""
    claims = {
        f"trunk {trunk.name or trunk.id} of company {configuration.tenant}": trunk.addresses
        for configuration in telephony.engine.configurations()
        for trunk in configuration.trunks.values()
    }
    return "; ".join(
        f"{one} and {other} have the same address {address}: calls of the one arrive as those of the other"
        for one, other, address in contested(claims)
    )


def _books(books: Books) -> dict[str, PartHealth]:
    shipper, witnessing = books.shipper, books.witnessing
    on_time = not shipper.problem and shipper.lag <= LAG_ALARM_SECONDS
    return {
        "ledger": PartHealth(on_time, shipper.problem or f"{shipper.unshipped} facts to ship", needed=False),
        "witnesses": PartHealth(not witnessing.problem, witnessing.problem or witnessing.summary, needed=False),
    }
