"""The web application: every feature's routes behind one set of headers, and the built page beside them.

``create_app`` composes; it starts nothing and connects to nothing, so the API document can be had without running
anything: ``python -m kaska.web --openapi FILE``.
"""

from __future__ import annotations

import argparse
import asyncio
import ipaddress
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.routing import APIRoute
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel

from kaska.asterisk.saying import say
from kaska.core.ports import Inbox
from kaska.features.agents.endpoints import router as agents
from kaska.features.agents.skills import router as skills
from kaska.features.agents.workplace import router as workplace
from kaska.features.alerts.endpoints import router as alerts
from kaska.features.alerts.history_endpoints import router as alerts_history
from kaska.features.audits.counting import Counting
from kaska.features.audits.endpoints import router as audits
from kaska.features.black_list.endpoints import router as black_list
from kaska.features.calls.endpoints import router as calls
from kaska.features.calls.mine import router as mine
from kaska.features.codes.endpoints import router as codes
from kaska.features.colander.calculator import router as calculator
from kaska.features.colander.endpoints import router as colander
from kaska.features.customers.endpoints import router as customers
from kaska.features.debts.endpoints import router as debts
from kaska.features.doors.endpoints import router as doors
from kaska.features.engine_door import install_engine_errors
from kaska.features.fax.endpoints import router as fax
from kaska.features.first_steps.endpoints import router as first_steps
from kaska.features.identity.endpoints import router as identity
from kaska.features.identity.public import Doors, Sessions, SignIn, public
from kaska.features.inside.endpoints import router as inside
from kaska.features.keys.endpoints import router as keys
from kaska.features.keys.service import Keys
from kaska.features.knowledge.endpoints import router as knowledge
from kaska.features.letters.endpoints import router as letters
from kaska.features.lookups.endpoints import router as lookups
from kaska.features.mail.endpoints import router as mail
from kaska.features.numbers.checking import LineStates
from kaska.features.numbers.endpoints import router as numbers
from kaska.features.outgoing.endpoints import router as outgoing
from kaska.features.projects.endpoints import router as projects
from kaska.features.prompts.endpoints import router as prompts
from kaska.features.publishing.endpoints import router as publishing
from kaska.features.queues.endpoints import router as queues
from kaska.features.reconciliation.endpoints import router as reconciliation
from kaska.features.recordings.endpoints import router as recordings
from kaska.features.recordings.endpoints import rules_router as recording_rules
from kaska.features.reports.endpoints import router as reports
from kaska.features.retention.endpoints import router as retention
from kaska.features.saved_filters.endpoints import router as saved_filters
from kaska.features.scenarios.endpoints import router as scenarios
from kaska.features.scripts.endpoints import router as scripts
from kaska.features.supervision.endpoints import router as supervision
from kaska.features.supervision.shift_endpoints import router as shift_log
from kaska.features.surveys.endpoints import router as surveys
from kaska.features.topics.endpoints import router as topics
from kaska.features.voicemail.endpoints import router as voicemail
from kaska.features.webhooks.endpoints import router as webhooks
from kaska.kit.config import Settings
from kaska.kit.database import Database
from kaska.kit.errors import NotFound
from kaska.kit.http import ERROR_RESPONSES, install_error_handlers, is_database_away
from kaska.kit.page import BodyLimit, SecurityHeaders, page_files
from kaska.realtime.endpoints import router as realtime
from kaska.realtime.feed import LiveFeed
from kaska.realtime.leases import LEASE_SECONDS, Leases

ROUTERS: tuple[APIRouter, ...] = (
    identity,
    keys,
    webhooks,
    workplace,  # before agents: /api/agents/me is nobody's identifier
    agents,
    skills,
    projects,
    numbers,
    scenarios,
    prompts,
    lookups,
    queues,
    publishing,
    first_steps,
    recordings,
    fax,
    recording_rules,
    retention,
    calls,
    saved_filters,
    mine,
    topics,
    scripts,
    knowledge,
    debts,
    customers,
    reports,
    letters,
    voicemail,
    colander,
    audits,
    calculator,
    reconciliation,
    outgoing,
    codes,
    mail,
    doors,
    black_list,
    supervision,
    shift_log,
    inside,
    surveys,
    alerts,
    alerts_history,
    realtime,
)
EXPECTING_SECONDS = 300
"""how long after a start the engine's pictures of the tenants are waited for"""
DEFAULT_PAGE = Path(__file__).parents[2] / "web" / "dist"


@dataclass(frozen=True, slots=True)
class PartHealth:
    """``needed`` parts that are not ``ok`` make the whole unhealthy; others only degrade it."""

    ok: bool
    detail: str = ""
    needed: bool = True


HealthProvider = Callable[[], Awaitable[dict[str, PartHealth]]]


async def _nothing_to_check() -> dict[str, PartHealth]:
    return {}


async def _own_metrics() -> bytes:
    return generate_latest()


def _no_engine(_tenant: str) -> Inbox | None:
    return None


async def _no_switch(_lines: Mapping[str, str]) -> None:
    return None


@dataclass(frozen=True)
class Services:
    """What the application stands on. ``inboxes`` gives a tenant's inbox, or None without an engine."""

    settings: Settings
    database: Database
    feed: LiveFeed = field(default_factory=LiveFeed)
    inboxes: Callable[[str], Inbox | None] = _no_engine
    health: HealthProvider = _nothing_to_check
    metrics: Callable[[], Awaitable[bytes]] = _own_metrics
    line_states: LineStates = _no_switch
    page: Path = DEFAULT_PAGE
    lease_seconds: float = LEASE_SECONDS
    speak: Callable[[str, str], bytes | None] = say
    """text, language → a recording of it"""


class Part(BaseModel):
    ok: bool
    detail: str


class Health(BaseModel):
    ok: bool
    parts: dict[str, Part]


def create_app(services: Services) -> FastAPI:
    leases = Leases(services.feed, services.inboxes, lease_seconds=services.lease_seconds)
    counting = Counting(services.database, services.settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        expecting = asyncio.create_task(_expect_agents(services, leases))
        yield
        expecting.cancel()
        services.feed.close()
        await counting.close()
        await leases.close()

    app = FastAPI(
        title="Kaska",
        version="1",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=_operation_id,
        lifespan=lifespan,
        separate_input_output_schemas=False,
    )
    app.state.settings = services.settings
    app.state.database = services.database
    app.state.inboxes = services.inboxes
    app.state.feed = services.feed
    app.state.leases = leases
    app.state.counting = counting
    app.state.health = services.health
    app.state.metrics = services.metrics
    app.state.line_states = services.line_states
    app.state.speak = services.speak
    app.state.sessions = Sessions(services.database)
    app.state.keys = Keys(services.database)
    app.state.sign_in = SignIn(services.database, app.state.sessions)
    install_error_handlers(app)
    install_engine_errors(app)
    for router in (*ROUTERS, operation):
        app.include_router(router, responses=ERROR_RESPONSES)
    app.mount("/", page_files(services.page), name="page")
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders, secure=services.settings.web_secure)
    return app


async def _expect_agents(services: Services, leases: Leases) -> None:
    """Agents who worked in a browser before this start must show up again; see Leases."""
    waiting: list[str] | None = None
    for _ in range(EXPECTING_SECONDS):
        if waiting is None:
            try:
                async with services.database.system() as connection:
                    waiting = await Doors(connection).tenant_ids()
            except Exception as error:
                if not is_database_away(error):
                    raise
        known = [tenant for tenant in waiting or () if services.feed.knows(tenant)]
        for tenant in known:
            leases.expect(tenant)
        waiting = None if waiting is None else [tenant for tenant in waiting if tenant not in known]
        if waiting == []:
            return
        await asyncio.sleep(1.0)


def _operation_id(route: APIRoute) -> str:
    """The function's name: the generated client's names do not change when a path does."""
    return route.name


operation = APIRouter(tags=["operation"])


@operation.get("/health", dependencies=[public], responses={503: {"model": Health}})
async def read_health(request: Request, response: Response) -> Health:
    """The truth about each part; 503 when one that is needed does not work."""
    parts: dict[str, PartHealth] = await request.app.state.health()
    ok = all(part.ok or not part.needed for part in parts.values())
    response.status_code = 200 if ok else 503
    response.headers["Cache-Control"] = "no-store"
    return Health(ok=ok, parts={name: Part(ok=part.ok, detail=part.detail) for name, part in parts.items()})


@operation.get("/metrics", dependencies=[public], include_in_schema=False)
async def read_metrics(request: Request) -> Response:
    """For Prometheus on this machine only."""
    forwarded = "x-forwarded-for" in request.headers or "forwarded" in request.headers
    if forwarded or request.client is None or not _is_loopback(request.client.host):
        raise NotFound
    return Response(await request.app.state.metrics(), headers={"Content-Type": CONTENT_TYPE_LATEST})


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def openapi_document() -> dict[str, Any]:
    """The API's document, without running anything."""
    database = Database("postgresql://nobody@127.0.0.1:1/none")
    return create_app(Services(Settings(), database)).openapi()


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the API's document.")
    parser.add_argument("--openapi", type=Path, required=True, metavar="FILE")
    target: Path = parser.parse_args().openapi
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(openapi_document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
