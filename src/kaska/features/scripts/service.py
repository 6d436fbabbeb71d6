"""What can be done with scripts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.scripts.check import problems_of
from kaska.core.scripts.script import CARD_FIELDS, Answer, Branch, Field, Objection, Script, Step
from kaska.core.scripts.walk import Pass, WrongPass, at
from kaska.features.calls.public import briefs, plain
from kaska.features.customers.public import PHONE, CardFields, Identity, edit, known_fields, owners, read_cell
from kaska.features.identity.public import CurrentUser, Permission, active_names, audit
from kaska.features.scripts import repository
from kaska.features.scripts.choosing import chosen
from kaska.features.scripts.errors import CardFieldRefused, ScriptChangedMeanwhile, ScriptNotReady, WrongWalk
from kaska.features.scripts.schemas import (
    RunGiven,
    RunKept,
    ScriptCard,
    ScriptDocument,
    ScriptFigures,
    ScriptGiven,
    ScriptInHand,
    ScriptProblem,
    ScriptRun,
    ScriptSummary,
    ScriptVersion,
    StepFigures,
)
from kaska.kit.errors import NotFound, ProductError


def read_script(document: ScriptDocument) -> Script:
    """The document as the core knows it."""
    return Script(document.start, {step.id: _step(step.model_dump()) for step in document.steps})


def _step(step: dict[str, Any]) -> Step:
    return Step(
        title=step["title"],
        text=step["text"],
        hint=step["hint"],
        fields=tuple(Field(**{**one, "choices": tuple(one["choices"])}) for one in step["fields"]),
        objections=tuple(Objection(**one) for one in step["objections"]),
        answers=tuple(Answer(**one) for one in step["answers"]),
        branches=tuple(Branch(**one) for one in step["branches"]),
        unrecorded=step["unrecorded"],
    )


# --- editing -----------------------------------------------------------------------------------------------------


async def summaries(connection: AsyncConnection, tenant: str) -> list[ScriptSummary]:
    names = await active_names(connection, tenant)
    return [_summary(row, names) for row in await repository.all_scripts(connection, tenant)]


def _summary(row: RowMapping, names: Mapping[str, str]) -> ScriptSummary:
    return ScriptSummary(
        **{name: row[name] for name in ("id", "name", "places", "version", "archived", "changed_at")},
        changed_by_name=names.get(row["changed_by"], row["changed_by"]),
    )


async def card(connection: AsyncConnection, tenant: str, id: str, language: str) -> ScriptCard:
    """:raises NotFound:"""
    row = await repository.script(connection, tenant, id)
    if row is None:
        raise NotFound
    draft = ScriptDocument.model_validate(row["draft"])
    published = await repository.document(connection, tenant, id, row["version"])
    return ScriptCard(
        **_summary(row, await active_names(connection, tenant)).model_dump(),
        draft=draft,
        revision=row["revision"],
        problems=[ScriptProblem(step=one.step, text=one.text(language)) for one in problems_of(read_script(draft))],
        is_published=published == row["draft"],
    )


async def keep(connection: AsyncConnection, user: CurrentUser, id: str, given: ScriptGiven) -> None:
    """Keep the draft; conversations follow it only after publishing. :raises ScriptChangedMeanwhile:"""
    row = await repository.script(connection, user.tenant, id, lock=True)
    if (row["revision"] if row else 0) != given.revision:
        raise ScriptChangedMeanwhile
    values = {
        **given.model_dump(mode="json", exclude={"revision"}),
        "revision": given.revision + 1,
        "changed_by": user.id,
        "changed_at": datetime.now(UTC),
    }
    if row is not None:
        await repository.change(connection, user.tenant, id, **values)
    elif not await repository.put(connection, user.tenant, id, **values):
        raise ScriptChangedMeanwhile
    await audit.write(connection, tenant=user.tenant, user=user.id, action="scripts.put", object=id, called=given.name)


async def publish(connection: AsyncConnection, user: CurrentUser, id: str, language: str) -> None:
    """Make the draft the next version. :raises NotFound, ScriptNotReady:"""
    row = await repository.script(connection, user.tenant, id, lock=True)
    if row is None:
        raise NotFound
    draft = ScriptDocument.model_validate(row["draft"])
    problems = problems_of(read_script(draft))
    if problems:
        first = problems[0]
        title = next((step.title for step in draft.steps if step.id == first.step), "")
        words = f"«{title}»: {first.text(language)}" if title else first.text(language)
        raise ScriptNotReady(first=words, fields={one.step or "start": one.text(language) for one in problems})
    version = row["version"] + 1
    now = datetime.now(UTC)
    await repository.add_version(connection, user.tenant, id, version, user.id, now, row["draft"])
    await repository.change(connection, user.tenant, id, version=version)
    await audit.write(
        connection, tenant=user.tenant, user=user.id, action="scripts.publish", object=id,
        details={"version": version}, called=row["name"],
    )  # fmt: skip


async def versions(connection: AsyncConnection, tenant: str, id: str) -> list[ScriptVersion]:
    names = await active_names(connection, tenant)
    rows = await repository.versions(connection, tenant, id)
    return [
        ScriptVersion(version=row["version"], at=row["at"], by_name=names.get(row["by"], row["by"])) for row in rows
    ]


async def document(connection: AsyncConnection, tenant: str, id: str, version: int) -> ScriptDocument:
    """:raises NotFound:"""
    found = await repository.document(connection, tenant, id, version)
    if found is None:
        raise NotFound
    return ScriptDocument.model_validate(found)


async def figures(connection: AsyncConnection, tenant: str, id: str, version: int) -> ScriptFigures:
    """Where conversations left the script. :raises NotFound:"""
    steps = (await document(connection, tenant, id, version)).steps
    reached, standing = await repository.figures(connection, tenant, id, version)
    shown = [
        StepFigures(step=step.id, title=step.title, reached=reached.get(step.id, 0), left=standing.get(step.id, 0))
        for step in steps
    ]
    return ScriptFigures(version=version, runs=sum(standing.values()), finished=standing.get("", 0), steps=shown)


# --- in the conversation -----------------------------------------------------------------------------------------


async def in_hand(
    connection: AsyncConnection, user: CurrentUser, contact: str, *, number: str, queue: str, project: str, script: str
) -> ScriptInHand | None:
    """The script for this conversation; one that was begun keeps its version. ``script`` asks for a certain one."""
    run = await repository.newest_run(connection, user.tenant, plain(contact), user.id)
    if run is not None and script in ("", run["script"]):
        row = await repository.script(connection, user.tenant, run["script"])
        written = await document(connection, user.tenant, run["script"], run["version"])
        passes = [{"step": step, "answer": answer} for step, answer in run["passes"]]
        walked = ScriptRun.model_validate(
            {"version": run["version"], "passes": passes, "filled": run["filled"], "step": run["step"]}
        )
        name = row["name"] if row else run["script"]
        return ScriptInHand(script=run["script"], name=name, version=run["version"], document=written, run=walked)
    rows = {
        row["id"]: row
        for row in await repository.all_scripts(connection, user.tenant)
        if row["version"] and not row["archived"]
    }
    wanted = [(id, row["places"]) for id, row in rows.items()]
    id = script or chosen(wanted, number=number, queue=queue, project=project)
    if id not in rows:
        return None
    version = rows[id]["version"]
    written = await document(connection, user.tenant, id, version)
    return ScriptInHand(script=id, name=rows[id]["name"], version=version, document=written, run=None)


async def keep_run(connection: AsyncConnection, user: CurrentUser, id: str, contact: str, given: RunGiven) -> RunKept:
    """Keep how far the conversation has come, and write on the customer's card what belongs there.

    :raises NotFound, WrongWalk:
    """
    script = read_script(await document(connection, user.tenant, id, given.version))
    passes = [Pass(one.step, one.answer) for one in given.passes]
    try:
        step = at(script, passes, given.filled)
    except WrongPass as wrong:
        raise WrongWalk from wrong
    visited = list(dict.fromkeys([*(one.step for one in passes), *([step] if step else [])]))
    await repository.keep_run(
        connection,
        user.tenant,
        datetime.now(UTC),
        contact=plain(contact),
        agent=user.id,
        script=id,
        version=given.version,
        passes=[[one.step, one.answer] for one in passes],
        filled=given.filled,
        visited=visited,
        step=step,
    )
    return RunKept(step=step, card_problem=await _fill_in_card(connection, user, contact, script, given.filled))


async def _fill_in_card(
    connection: AsyncConnection, user: CurrentUser, contact: str, script: Script, filled: Mapping[str, str]
) -> str:
    """Why the card did not take it, "" when it did or when there is nothing to write or nobody to write it on."""
    fields = [field for step in script.steps.values() for field in step.fields if field.card and filled.get(field.id)]
    if not fields or Permission.EDIT_CUSTOMERS not in user.permissions:
        return ""
    talked = (await briefs(connection, user.tenant, [contact])).get(plain(contact))
    # an operator writes on the cards of those he talks with
    if talked is None or not talked.customer or user.id not in talked.agents:
        return ""
    known = await owners(connection, user.tenant, [Identity(PHONE, talked.customer)])
    if not known:
        return ""
    theirs = await known_fields(connection, user.tenant)
    written: dict[str, Any] = {}
    for field in fields:
        value: Any = filled[field.id]
        if field.card in CARD_FIELDS:
            written[field.card] = value
        else:
            project, _, name = field.card.partition(".")
            defined = theirs.get((project, name))
            read = read_cell(defined, value) if defined is not None else None
            written.setdefault("custom", {}).setdefault(project, {})[name] = value if read is None else read
    try:
        card = CardFields.model_validate(written)
        # blank after blank is filled in: what the project requires may come with a later one
        await edit(connection, user, next(iter(known.values())), card, datetime.now(UTC), whole=False)
    except ProductError as refused:
        return refused.message(user.locale)
    except ValueError:
        return CardFieldRefused().message(user.locale)
    return ""
