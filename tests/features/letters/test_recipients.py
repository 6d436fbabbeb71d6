"""Who a letter to each one goes to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kaska.features.identity.public import ActivePerson, Role
from kaska.features.letters.due import AGENT_DAY, MANAGER_DAY, MONTH
from kaska.features.letters.recipients import each_of

ANNA = ActivePerson("anna", "Анна", Role.OPERATOR, "ru", "anna@kaska.test")
BORIS = ActivePerson("boris", "Борис", Role.OPERATOR, "ru", "")
VERA = ActivePerson("vera", "Вера", Role.SUPERVISOR, "en", "vera@kaska.test")
GLEB = ActivePerson("gleb", "Глеб", Role.ADMINISTRATOR, "ru", "")
ALL = (ANNA, BORIS, VERA, GLEB)


def test_an_agents_day_goes_to_those_who_worked_whatever_their_role() -> None:
    assert each_of(AGENT_DAY, ALL, {"boris", "vera"}) == [BORIS, VERA]
    assert each_of(AGENT_DAY, ALL, ()) == []


def test_the_companys_day_and_the_audit_go_to_supervisors_and_administrators() -> None:
    assert each_of(MANAGER_DAY, ALL, ()) == [VERA, GLEB]
    assert each_of(MONTH, ALL, {"anna"}) == [VERA, GLEB]


@given(st.sampled_from([AGENT_DAY, MANAGER_DAY, MONTH]), st.sets(st.sampled_from(["anna", "boris", "who-left"])))
def test_nobody_is_asked_twice_and_nobody_who_may_not_sign_in(kind: str, agents: set[str]) -> None:
    found = [person.id for person in each_of(kind, ALL, agents)]
    assert len(found) == len(set(found))
    assert set(found) <= {person.id for person in ALL}
