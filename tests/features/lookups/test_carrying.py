"""Questions to outside sources: what comes back, and that nothing that goes wrong is more than "could not be asked"."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from kaska.core.commands import LookUp
from kaska.core.configuration import DecisionTable, HttpSource, Source, SqlSource
from kaska.core.events import Event, LookedUp
from kaska.features.lookups.carrying import CannotAskError, Lookups, as_fields, key_of, positional
from kaska.features.lookups.errors import SourceMalformed
from kaska.features.lookups.public import source_from_document
from kaska.host.postgres import DatabaseUrls

TABLE = json.dumps(
    {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
            {
                "id": "table",
                "type": "decisionTableNode",
                "name": "table",
                "position": {"x": 0, "y": 0},
                "content": {
                    "hitPolicy": "first",
                    "inputs": [{"id": "i", "type": "expression", "name": "Debt", "field": "debt"}],
                    "outputs": [{"id": "o", "type": "expression", "name": "Level", "field": "level"}],
                    "rules": [
                        {"_id": "1", "i": "> 1000", "o": '"strict"'},
                        {"_id": "2", "i": "", "o": '"kind"'},
                    ],
                },
            },
            {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 0, "y": 0}},
        ],
        "edges": [
            {"id": "e1", "type": "edge", "sourceId": "in", "targetId": "table"},
            {"id": "e2", "type": "edge", "sourceId": "table", "targetId": "out"},
        ],
    }
)


@asynccontextmanager
async def service(answer: bytes, status: str = "200 OK") -> AsyncIterator[tuple[str, list[bytes]]]:
    """An HTTP service that answers everything the same; (its address, the requests it got)."""
    heard: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n"))
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(answer)}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", heard


async def ask(source: Source | None, key: str = "", seconds: float = 5.0, **question: str) -> LookedUp:
    told: asyncio.Future[Event] = asyncio.get_running_loop().create_future()

    async def keys() -> dict[str, str]:
        return {key_of("ours", "crm"): key, key_of("theirs", "crm"): "another company's"} if key else {}

    lookups = Lookups(keys, told.set_result, clock=lambda: 7.0)
    lookups.submit(LookUp("k-1", "k-1-l1", "crm", question, seconds), source, "ours")
    async with asyncio.timeout(10):
        event = await told
    assert isinstance(event, LookedUp)
    assert (event.at, event.contact, event.lookup) == (7.0, "k-1", "k-1-l1")
    return event


async def test_a_service_is_asked_and_its_fields_come_back() -> None:
    async with service(b'{"vip": true, "name": "A", "age": 4, "nested": {}, "none": null}') as (url, heard):
        event = await ask(
            HttpSource(
                "crm",
                url + "/who?phone={phone}",
            ),
            "s3cret",
            phone="+7 9&x=1",
        )
    assert event.ok
    assert event.values == {"vip": "yes", "name": "A", "age": "4"}
    assert heard[0].startswith(b"GET /who?phone=%2B7%209%26x%3D1 ")
    assert b"authorization: bearer s3cret" in heard[0].lower()


async def test_a_service_that_does_not_know_the_person() -> None:
    async with service(b"", "404 Not Found") as (url, _):
        event = await ask(HttpSource("crm", url))
    assert (event.ok, event.values) == (True, {})


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (b"[1]", "200 OK"),
        (b"not json", "200 OK"),
        (b'{"a": "' + b"x" * 70_000 + b'"}', "200 OK"),
        (b"{}", "500 Oops"),
        (b"{}", "302 Found"),
    ],
)
async def test_a_wrong_answer_is_no_answer(answer: bytes, status: str) -> None:
    async with service(answer, status) as (url, _):
        assert not (await ask(HttpSource("crm", url))).ok


async def test_nobody_there_no_secret_and_no_source() -> None:
    assert not (await ask(HttpSource("crm", "http://127.0.0.1:1/"))).ok
    assert not (await ask(SqlSource("crm", "SELECT 1"))).ok
    assert not (await ask(None)).ok


async def test_silence_lasts_as_long_as_the_question_and_no_longer() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(silent, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        assert not (await ask(HttpSource("crm", url), seconds=0.05)).ok


async def test_a_decision_table_decides() -> None:
    for debt, level in (("5000", "strict"), ("10", "kind")):
        assert (await ask(DecisionTable("crm", TABLE), debt=debt)).values == {"level": level}
    assert not (await ask(DecisionTable("crm", '{"nodes": [], "edges": []}'))).ok


@pytest.mark.database
async def test_a_database_is_only_read(postgres: DatabaseUrls) -> None:
    source = SqlSource("crm", "SELECT :phone AS phone, length(:phone) > 3 AS long WHERE :phone <> 'x'")
    assert (await ask(source, postgres.owner, phone="'; DROP TABLE x; --")).values == {
        "phone": "'; DROP TABLE x; --",
        "long": "yes",
    }
    assert (await ask(source, postgres.owner, phone="x")).values == {}
    writes = SqlSource("crm", "CREATE TABLE lookups_wrote (a int)")
    assert not (await ask(writes, postgres.owner)).ok


def test_names_become_positions_and_casts_stay() -> None:
    text, values = positional("SELECT a::int FROM t WHERE b = :b AND c = :c OR d = :b", {"b": "1", "c": "2"})
    assert text == "SELECT a::int FROM t WHERE b = $1::text AND c = $2::text OR d = $1::text"
    assert values == ["1", "2"]
    with pytest.raises(CannotAskError):
        positional("SELECT :unknown", {})


def test_only_flat_objects_are_answers() -> None:
    assert as_fields(None) == {}
    with pytest.raises(CannotAskError):
        as_fields(["a"])


@pytest.mark.parametrize(
    "document",
    [
        {"kind": "http_source", "url": "file:///etc/passwd"},
        {"kind": "http_source", "url": "http://{phone}/"},
        {"kind": "http_source", "url": "http://crm.example/", "method": "DELETE"},
        {"kind": "http_source", "url": "http://crm.example/", "secret": "../x"},
        {"kind": "sql_source", "connection": "", "query": "SELECT 1"},
        {"kind": "decision_table", "document": "{"},
        {"kind": "decision_table", "document": "[]"},
        {"kind": "oracle"},
        {},
    ],
)
def test_a_source_that_is_described_wrongly_is_refused(document: dict[str, str]) -> None:
    with pytest.raises(SourceMalformed) as refused:
        source_from_document("crm", document)
    assert refused.value.message("ru")


def test_sources_are_read_as_they_were_written() -> None:
    assert source_from_document("crm", {"kind": "decision_table", "document": TABLE}) == DecisionTable("crm", TABLE)
    found = source_from_document("crm", {"kind": "http_source", "url": "http://127.0.0.1:8080/{phone}"})
    assert found == HttpSource("crm", "http://127.0.0.1:8080/{phone}")
