"""Sums by interval, made from the ledger alone, and what a company chose for its reports."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, Double, Integer, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY

from kaska.features.reports.cubes import CUBES, Cube
from kaska.kit.database import tenant_table

DEFAULT_ZONE = "Europe/Moscow"


def _moment(name: str) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=False)


def _cube_table(cube: Cube) -> Table:
    return tenant_table(
        f"report_{cube.name}",
        Column("grain", Text, nullable=False),
        _moment("start"),
        *(Column(name, Text, nullable=False) for name in cube.dimensions),
        *(Column(name, BigInteger, nullable=False, server_default="0") for name in cube.measures),
        primary_key=("grain", "start", *cube.dimensions),
    )


cube_tables: dict[str, Table] = {cube.name: _cube_table(cube) for cube in CUBES}

sketches = tenant_table(
    "report_sketches",
    Column("grain", Text, nullable=False),
    _moment("start"),
    Column("what", Text, nullable=False),
    Column("project", Text, nullable=False),
    Column("queue", Text, nullable=False),
    Column("bucket", Integer, nullable=False),
    Column("contacts", BigInteger, nullable=False, server_default="0"),
    primary_key=("grain", "start", "what", "project", "queue", "bucket"),
)
"""Durations by day and month of the report zone, as core.counting.sketch has them."""

agent_states = tenant_table(
    "report_agent_states",
    Column("agent", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("since_ms", BigInteger, nullable=False),
    primary_key=("agent",),
)
"""What each agent does now, and since when: it is counted when it ends."""

visits = tenant_table(
    "report_people_visits",
    Column("person", Text, nullable=False),
    Column("arrived_us", BigInteger, nullable=False),
    Column("contact", Text, nullable=False),
    Column("project", Text, nullable=False),
    Column("queue", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("heard_from", Text, nullable=False),
    Column("flags", BigInteger, nullable=False),
    primary_key=("person", "arrived_us", "contact"),
)
"""Which person came when, as ``visits.Visit`` has it: first and repeated contacts are told apart by it. The visits of
persons who were erased are taken out."""

settings = tenant_table(
    "report_settings",
    Column("zone", Text, nullable=False, server_default=DEFAULT_ZONE),
    Column("per_contact", Double, nullable=False, server_default="0"),
    Column("per_minute", Double, nullable=False, server_default="0"),
    Column("per_hour", Double, nullable=False, server_default="0"),
    Column("return_days", Integer, nullable=False, server_default="7"),
    Column("sales", ARRAY(Text), nullable=False, server_default="{order_taken,sale}"),
    Column("not_target", ARRAY(Text), nullable=False, server_default="{not_target}"),
    primary_key=(),
)
"""One row a company. ``zone``: whose days are kept; ``per_contact``, ``per_minute`` (of talk), ``per_hour`` (of an
agent's presence): the tariff, in the company's money; the rest is ``visits.Choice``. A change of ``zone`` or of the
choice has everything counted again."""
