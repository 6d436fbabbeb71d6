"""Every operation of the interface holds to its own description, whatever it is given.

Schemathesis makes requests from the description, well-formed and malformed, and asks the real application on a real
PostgreSQL: as an administrator, as an operator, and by a key. The requests are the same every time, so that a failure
comes again. ``KASKA_SCHEMA_EXAMPLES=50`` asks that much of each operation, and anew each time.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from jsonschema_rs import Draft202012Validator
from schemathesis import Case, GenerationMode, Response
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    status_code_conformance,
)
from tests.browser.test_customers import served
from tests.plugins.web import PASSWORD, Company, CoreInbox, Site
from tests.web.test_every_wall import furnished

from kaska.core.core import Core
from kaska.features.identity.public import Permission, Role
from kaska.features.keys.service import PERSONS_ONLY
from kaska.features.publishing import public as publishing

pytestmark = pytest.mark.database

MANY = int(os.environ.get("KASKA_SCHEMA_EXAMPLES", "0"))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance]
"""and the bodies, see ``Asker.unfit``"""
LAST = ("post", "delete")
"""methods asked after all others, because they end what the others ask for"""
ENDS_SESSIONS = ("/api/session", "/api/screen")
GIVEN = 100
"""so many operations at least give an administrator what he asks for: else all were refused before they began"""


@dataclass
class Asker:
    """Who asks the application at ``address``, what it answered to which operation, and what of it was wrong first."""

    address: str
    document: dict[str, Any]
    login: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    answered: dict[str, set[int]] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    session: requests.Session = field(default_factory=requests.Session)
    validators: dict[str, Draft202012Validator] = field(default_factory=dict)

    def sign_in(self) -> None:
        given = {"login": self.login, "password": PASSWORD}
        answer = self.session.post(f"{self.address}/api/session", json=given)
        assert answer.ok, answer.text
        self.headers = {"x-csrf-token": answer.json()["csrf_token"]}

    def ask(self, case: Case) -> None:
        case.headers = {**{name: str(value) for name, value in (case.headers or {}).items()}, **self.headers}
        answer = case.call(base_url=self.address, session=self.session)
        operation = case.operation.label
        self.answered.setdefault(operation, set()).add(answer.status_code)
        problems = list(self.unfit(case, answer))
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as failures:
            problems += [f"{one.title}. {one.message}" for one in failures.exceptions]
        if problems:
            asked = f"{case.as_curl_command()}\n{answer.status_code} {answer.text[:500]}"
            self.wrong.setdefault(operation, "\n".join([*problems, asked]))

    def unfit(self, case: Case, answer: Response) -> Iterator[str]:
        """How the body differs from its schema. Judged here and not by Schemathesis, which rewrites the schemas of
        tuples into a form that its own validator refuses.
        """
        if answer.status_code == 204:
            if answer.content:
                yield "a body where there is nothing to tell"
        elif answer.headers.get("content-type", [""])[0].startswith("application/json"):
            for error in self._validator(case, str(answer.status_code)).iter_errors(answer.json()):
                yield f"{'/'.join(map(str, error.instance_path))}: {error.message}"

    def _validator(self, case: Case, status: str) -> Draft202012Validator:
        described = self.document["paths"][case.operation.path][case.method.lower()]["responses"]
        content = (described.get(status) or described[f"{status[0]}XX"]).get("content", {})
        schema = content.get("application/json", {}).get("schema", {})
        known = json.dumps(schema)
        if known not in self.validators:
            whole = {**schema, "components": self.document["components"]}
            self.validators[known] = Draft202012Validator(whole, validate_formats=True)
        return self.validators[known]


def ask_everything(asker: Asker, names: dict[str, str], thorough: bool) -> None:
    """``names``: what there is to be named in addresses; ``thorough`` asks for what is not there as well."""
    if asker.login:
        asker.sign_in()
    found = [one.ok() for one in schemathesis.openapi.from_dict(asker.document).get_all_operations()]
    for operation in sorted(found, key=lambda one: LAST.index(one.method) if one.method in LAST else -1):
        known = {one.name: named(operation.path, one.name, names) for one in operation.path_parameters}
        known = {name: value for name, value in known.items() if value}
        some = MANY or 1
        _examples(asker, operation.as_strategy(path_parameters=known), some + thorough)
        if thorough and known:
            _examples(asker, operation.as_strategy(), some)
        with suppress(Unsatisfiable):  # it takes nothing, or nothing that could be malformed
            _examples(asker, operation.as_strategy(GenerationMode.NEGATIVE, path_parameters=known), some)
        over = operation.path.startswith(ENDS_SESSIONS) or 401 in asker.answered[operation.label]
        if over and asker.login:
            asker.sign_in()
    assert set(asker.answered) == {operation.label for operation in found}


def named(path: str, name: str, names: dict[str, str]) -> str:
    """What there is by that name in such an address; "" when there is nothing of that kind."""
    own = next((id for beginning, id in names.items() if path.startswith(beginning)), "")
    return own if own and name == "id" else names.get(name, "")


def _examples(asker: Asker, strategy: Any, most: int) -> None:
    @settings(
        max_examples=most,
        derandomize=not MANY,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def asks(case: Case) -> None:
        asker.ask(case)

    asks()


async def at_work(site: Site) -> tuple[Company, dict[str, str], str]:
    """A company with one of everything, published to a core; what its things are called; a key that may all it can."""
    company = await site.company()
    owner = await site.signed_in(company)
    names = await furnished(owner, company.ids[Role.OPERATOR])
    published = await owner.post("/api/publishing")
    assert published.status_code == 201, published.text
    configuration = await publishing.latest(site.database, company.tenant)
    assert configuration is not None
    core = Core.fresh(configuration)
    site.inboxes[company.tenant] = CoreInbox(core, site.feed)
    site.feed.reset(company.tenant, 0, core.state)
    may = [one.value for one in Permission if one not in PERSONS_ONLY]
    key = {"id": "every", "name": "Всё", "permissions": may, "per_minute": 6000, "days": 5}
    made = await owner.post("/api/keys", json=key)
    assert made.status_code == 201, made.text
    return company, names, made.json()["secret"]


@pytest.mark.timeout(300 + 60 * MANY)
@pytest.mark.parametrize("who", ["administrator", "operator", "key"])
async def test_everything_answers_as_it_is_described(site: Site, who: str) -> None:
    company, names, secret = await at_work(site)
    document = site.app.openapi()
    async with served(site) as address:
        if who == "key":
            asker = Asker(address, document, headers={"authorization": f"Bearer {secret}"})
        else:
            asker = Asker(address, document, company.logins[Role(who)])
        await asyncio.to_thread(ask_everything, asker, names, who == "administrator")
    assert not asker.wrong, "\n\n".join(f"{name}: {text}" for name, text in asker.wrong.items())
    given = [name for name, statuses in asker.answered.items() if min(statuses) < 300]
    assert who != "administrator" or len(given) > GIVEN, sorted(given)
