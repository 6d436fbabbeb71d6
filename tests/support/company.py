"""A small company to test with: two queues with a reserve, four agents, menus, a closed line."""

from __future__ import annotations

from kaska.core.configuration import AgentProfile, Calendar, Configuration, Device, Number, Project, Queue, Trunk
from kaska.core.scenarios.graph import Enqueue, Finish, Menu, Play, Scenario, Schedule, TakeMessage

MAIN = "+74950000101"
CLOSED = "+74950000102"
DIRECT = "+74950000103"
"""straight into the sales queue, nothing said"""
INFORMER = "+74950000104"

ALWAYS = tuple(((0, 1440),) for _ in range(7))
NEVER: tuple[tuple[tuple[int, int], ...], ...] = tuple(() for _ in range(7))


def _agent(extension: str, **skills: int) -> AgentProfile:
    return AgentProfile(
        id=f"a{extension}",
        name=f"Agent {extension}",
        extension=extension,
        skills=skills,
        devices=(
            Device("web", "web", f"demo-{extension}-web"),
            Device("phone", "phone", f"demo-{extension}"),
        ),
    )


def company(**queue_settings: float) -> Configuration:
    """``queue_settings`` override the fields of every queue, for instance ``ring_seconds=3.0``."""
    settings: dict[str, float] = {
        "ring_seconds": 12.0,
        "reserve_after": 15.0,
        "offer_after": 30.0,
        "wrap_up_seconds": 10.0,
    }
    settings |= queue_settings
    keys = {"1": "message", "2": "callback"}
    main = Scenario(
        id="main",
        version=1,
        start="hours",
        nodes={
            "hours": Schedule("always", "greeting", "closed"),
            "greeting": Play(("ru/greeting",), "menu"),
            "menu": Menu(
                ("ru/menu",),
                {"1": "sales", "2": "service", "0": "operator"},
                "operator",
                timeout=5.0,
                extensions=True,
                extension_next="operator",
            ),
            "sales": Enqueue("sales", "message", keys),
            "service": Enqueue("service", "message", keys),
            "operator": Enqueue("operators", "message", keys),
            "message": TakeMessage(("ru/message-question",), "thanks"),
            "thanks": Finish(("ru/thanks",)),
            "closed": Play(("ru/closed",), "closed-message"),
            "closed-message": TakeMessage(("ru/message-question",), "thanks", closed_hours=True),
        },
    )
    closed = Scenario(
        id="closed",
        version=1,
        start="hours",
        nodes={**main.nodes, "hours": Schedule("never", "greeting", "closed")},
    )
    direct = Scenario(
        id="direct", version=1, start="sales", nodes={k: main.nodes[k] for k in ("sales", "message", "thanks")}
    )
    informer = Scenario(id="informer", version=1, start="say", nodes={"say": Finish(("ru/greeting",), served=True)})
    return Configuration(
        tenant="demo",
        version=1,
        default_scenario="main",
        projects={"windows": Project("windows", "Windows", "always", "+74950000101", "city", 20)},
        numbers={
            MAIN: Number(MAIN, "windows", "main"),
            CLOSED: Number(CLOSED, "windows", "closed"),
            DIRECT: Number(DIRECT, "windows", "direct"),
            INFORMER: Number(INFORMER, "windows", "informer"),
        },
        trunks={"city": Trunk("city", "trunk-city", ("127.0.0.2",), "sip:127.0.0.2:5070")},
        scenarios={one.id: one for one in (main, closed, direct, informer)},
        queues={
            "sales": Queue("sales", "Sales", "windows", {"sales": 1}, reserve="reserve", **settings),  # type: ignore[arg-type]
            "service": Queue("service", "Service", "windows", {"service": 1}, reserve="reserve", **settings),  # type: ignore[arg-type]
            "operators": Queue("operators", "Operators", "windows", {}, **settings),  # type: ignore[arg-type]
            "reserve": Queue("reserve", "Reserve", "windows", {"reserve": 1}, **settings),  # type: ignore[arg-type]
        },
        agents={
            one.id: one
            for one in (
                _agent("301", sales=3),
                _agent("302", sales=5, service=2),
                _agent("303", service=4),
                _agent("304", reserve=1),
            )
        },
        calendars={
            "always": Calendar("always", "Europe/Moscow", ALWAYS),
            "never": Calendar("never", "Europe/Moscow", NEVER),
        },
    )
