"""Routes of the debt book."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request

from kaska.core import events
from kaska.core.configuration import Project
from kaska.core.debts.rules import DebtRules
from kaska.features.debts import service
from kaska.features.debts.rules import DebtRulesGiven, DebtRulesRow, given_of, put_debt_rules, read_debt_rules
from kaska.features.debts.schemas import (
    Assigned,
    Assignment,
    AttemptResult,
    CallbackStarted,
    Debt,
    DebtFigures,
    DebtPage,
    DebtQuery,
    DebtStoryLine,
    Postpone,
    Recovery,
    RecoveryQuery,
    WriteOff,
)
from kaska.features.engine_door import engine_inbox
from kaska.features.identity.public import CurrentUser, Permission, audit, require
from kaska.features.projects.public import read_projects
from kaska.kit.errors import NotFound
from kaska.kit.given import Id
from kaska.kit.http import DatabaseDep

router = APIRouter(prefix="/api/debts", tags=["debts"])

Reader = Annotated[CurrentUser, require(Permission.READ_DEBTS)]
Caller = Annotated[CurrentUser, require(Permission.CALL_BACK)]
RuleReader = Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)]
DebtId = Annotated[str, Path(min_length=1, max_length=200)]


@router.get("")
async def list_debts(user: Reader, database: DatabaseDep, query: Annotated[DebtQuery, Query()]) -> DebtPage:
    """Whom we owe an answer, by when, and who has to give it; or those who got it."""
    async with database.tenant(user.tenant) as connection:
        return await service.find(connection, user, query, datetime.now(UTC))


@router.get("/figures")
async def debt_figures(
    user: Reader, database: DatabaseDep, timezone: Annotated[str, Query(max_length=100)] = "Europe/Moscow"
) -> DebtFigures:
    """What is owed now and what was recovered today."""
    async with database.tenant(user.tenant) as connection:
        return await service.figures(connection, user.tenant, datetime.now(UTC), timezone)


@router.get("/recovery")
async def debt_recovery(user: Reader, database: DatabaseDep, asked: Annotated[RecoveryQuery, Query()]) -> Recovery:
    """How many of those whom we owed were served, how soon, and by whom; by project, queue, cause or agent."""
    async with database.tenant(user.tenant) as connection:
        return await service.recovery(connection, user.tenant, asked, datetime.now(UTC))


@router.get("/rules")
async def list_debt_rules(user: RuleReader, database: DatabaseDep) -> list[DebtRulesRow]:
    """The rules of every project's debt book, as edited."""
    async with database.tenant(user.tenant) as connection:
        projects = await read_projects(connection, user.tenant)
        own = await read_debt_rules(connection, user.tenant)
    return [_rules_row(project, own.get(project.id)) for project in projects.values()]


@router.put("/rules/{project}")
async def put_rules(
    project: Id,
    given: DebtRulesGiven,
    user: Annotated[CurrentUser, require(Permission.CONFIGURE)],
    database: DatabaseDep,
) -> DebtRulesRow:
    """Set a project's rules. They are in force after publishing."""
    async with database.tenant(user.tenant) as connection:
        found = (await read_projects(connection, user.tenant)).get(project)
        if found is None:
            raise NotFound
        await put_debt_rules(connection, user.tenant, project, given.rules())
        await audit.write(
            connection,
            tenant=user.tenant,
            user=user.id,
            action="debts.rules",
            object=project,
            details=given.model_dump(mode="json"),
        )
    return _rules_row(found, given.rules())


def _rules_row(project: Project, rules: DebtRules | None) -> DebtRulesRow:
    return DebtRulesRow(
        project=project.id,
        project_name=project.name,
        debt_minutes=project.debt_minutes,
        own=rules is not None,
        rules=given_of(rules) if rules is not None else DebtRulesGiven(any_hour=True),
    )


@router.get("/{debt_id}")
async def read_debt(debt_id: DebtId, user: Reader, database: DatabaseDep) -> Debt:
    async with database.tenant(user.tenant) as connection:
        return await service.one(connection, user.tenant, debt_id, datetime.now(UTC))


@router.get("/{debt_id}/story")
async def read_debt_story(debt_id: DebtId, user: Reader, database: DatabaseDep) -> list[DebtStoryLine]:
    """Everything that happened to a debt, oldest first."""
    async with database.tenant(user.tenant) as connection:
        return await service.story(connection, user.tenant, debt_id)


@router.post("/assignments")
async def assign_debts(
    given: Assignment,
    user: Annotated[CurrentUser, require(Permission.ASSIGN_DEBTS)],
    request: Request,
    database: DatabaseDep,
) -> Assigned:
    """Say who owes these debts. One that was closed meanwhile is left out and named."""
    inbox = engine_inbox(request, user.tenant)
    async with database.tenant(user.tenant) as connection:
        await service.check_known(connection, user.tenant, given.debts)
    done = await service.assign(inbox, user, given)
    async with database.tenant(user.tenant) as connection:
        details = {"owner": given.owner, "debts": given.debts}
        await audit.write(
            connection,
            tenant=user.tenant,
            user=user.id,
            action="debts.assign",
            object=given.owner,
            details=details,
        )
    return done


@router.post("/{debt_id}/take", status_code=204)
async def take_debt(debt_id: DebtId, user: Caller, request: Request, database: DatabaseDep) -> None:
    """I work on this person now: everything owed to him is mine, and nobody else calls him for a while."""
    inbox = engine_inbox(request, user.tenant)
    async with database.tenant(user.tenant) as connection:
        debt = await service.check_open(connection, user.tenant, debt_id)
    await inbox.submit(events.DebtTaken(await inbox.now(), debt.id, user.id))


@router.post("/{debt_id}/let-go", status_code=204)
async def let_debt_go(debt_id: DebtId, user: Caller, request: Request, database: DatabaseDep) -> None:
    """I do not work on it any more: others may call the person. Who owes it stays."""
    inbox = engine_inbox(request, user.tenant)
    async with database.tenant(user.tenant) as connection:
        debt = await service.check_open(connection, user.tenant, debt_id)
    await inbox.submit(events.DebtLetGo(await inbox.now(), debt.id, user.id))


@router.post("/{debt_id}/postpone", status_code=204)
async def postpone_debt(
    debt_id: DebtId, given: Postpone, user: Caller, request: Request, database: DatabaseDep
) -> None:
    """The person was promised a call at ``until``: that is the deadline now."""
    inbox = engine_inbox(request, user.tenant)
    async with database.tenant(user.tenant) as connection:
        debt = await service.check_open(connection, user.tenant, debt_id)
    until = given.until.timestamp()
    await inbox.submit(events.DebtPutOff(await inbox.now(), debt.id, user.id, until, given.note))


@router.post("/{debt_id}/result", status_code=204)
async def report_debt_result(
    debt_id: DebtId, given: AttemptResult, user: Caller, request: Request, database: DatabaseDep
) -> None:
    """What came of an attempt to reach the person, for everything owed to him."""
    inbox = engine_inbox(request, user.tenant)
    async with database.tenant(user.tenant) as connection:
        debt = await service.check_open(connection, user.tenant, debt_id)
    await inbox.submit(events.DebtReported(await inbox.now(), debt.id, user.id, given.result, given.note))


@router.post("/{debt_id}/call", status_code=202)
async def call_debtor(
    debt_id: DebtId,
    user: Caller,
    request: Request,
    database: DatabaseDep,
) -> CallbackStarted:
    """Call the person back: my phone rings first."""
    inbox = engine_inbox(request, user.tenant)
    async with database.tenant(user.tenant) as connection:
        debt = await service.check_open(connection, user.tenant, debt_id)
    return CallbackStarted(contact=await service.call_back(inbox, user, debt))


@router.post("/{debt_id}/write-off", status_code=204)
async def write_off_debt(
    debt_id: DebtId,
    given: WriteOff,
    user: Annotated[CurrentUser, require(Permission.WRITE_OFF_DEBTS)],
    request: Request,
    database: DatabaseDep,
) -> None:
    """Close a debt without serving the person; the reason stays in the ledger and in the audit."""
    inbox = engine_inbox(request, user.tenant)
    async with database.tenant(user.tenant) as connection:
        debt = await service.check_open(connection, user.tenant, debt_id)
    await service.write_off(inbox, user, debt.id, given.reason)
    async with database.tenant(user.tenant) as connection:
        await audit.write(
            connection,
            tenant=user.tenant,
            user=user.id,
            action="debts.write_off",
            object=debt.id,
            details={"reason": given.reason},
        )
