"""The table of codes as people edit it."""

from __future__ import annotations

from typing import Annotated, Literal, cast

from pydantic import Field, StringConstraints

from kaska.core.codes.rules import FeatureCodes, ModeCode
from kaska.kit.given import Given, Id, Revised, Title

Code = Annotated[str, StringConstraints(pattern=r"^([*#][0-9*#]{1,5})?$")]
Action = Literal[
    "pick_up", "park", "camp", "listen", "whisper", "barge", "ready", "break", "off_duty", "dictate", "page"
]
_USUAL = FeatureCodes()


class ModeCodeGiven(Given):
    """``mode`` "" = by the calendar again; ``project`` "" = all projects."""

    code: Code
    mode: Annotated[str, StringConstraints(max_length=40)]
    project: Id | Literal[""] = ""


def _usual_codes() -> dict[Action, str]:
    return cast(dict[Action, str], dict(_USUAL.codes))


def _usual_modes() -> list[ModeCodeGiven]:
    return [ModeCodeGiven(code=one.code, mode=one.mode, project="") for one in _USUAL.modes]


class CodesFields(Given):
    codes: dict[Action, Code] = Field(
        default_factory=_usual_codes,
        description='"" = switched off; an action that is not named has its usual code, if that is free',
    )
    modes: Annotated[list[ModeCodeGiven], Field(max_length=50)] = Field(default_factory=_usual_modes)
    reasons: Annotated[list[Title], Field(max_length=20)] = Field(
        default_factory=lambda: list(_USUAL.reasons), description="of breaks; the first is 1 after the code"
    )
    language: Literal["ru", "en"] = Field(default="ru", description="what is said in to who dials")
    groups: Annotated[list[Id], Field(max_length=999)] = Field(
        default=[], description="queues by the number that follows the code of paging, the first is 1; [] = all of them"
    )
    camp_minutes: Annotated[int, Field(ge=1, le=240)] = _USUAL.camp_minutes
    parked_seconds: Annotated[int, Field(ge=10, le=900)] = _USUAL.parked_seconds


class CodesGiven(CodesFields, Revised):
    """``revision``: of what the editor began from. ``added`` may be given back as it was read, and means nothing."""

    added: list[Action] = Field(default=[])


class CodesRow(CodesFields):
    revision: str
    added: list[Action] = Field(
        default=[], description="came with a newer version than what was saved, with their usual codes, and work"
    )


def filled(given: CodesFields) -> tuple[CodesFields, list[Action]]:
    """As FeatureCodes.filled."""
    table, added = codes_of(given).filled()
    codes = cast(dict[Action, str], table.codes)
    return given.model_copy(update={"codes": codes}), cast(list[Action], list(added))


def codes_of(given: CodesFields) -> FeatureCodes:
    """Without those who may: who that is, is known at publishing."""
    return FeatureCodes(
        codes={str(action): code for action, code in given.codes.items()},
        modes=tuple(ModeCode(one.code, one.mode, one.project) for one in given.modes),
        reasons=tuple(given.reasons),
        language=given.language,
        groups=tuple(given.groups),
        camp_minutes=given.camp_minutes,
        parked_seconds=given.parked_seconds,
    )
