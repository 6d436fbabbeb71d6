"""Which column of a free CSV means what: written by a person, guessed from the header and the values, or kept."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kaska.audit.clock import Clock, seconds_of
from kaska.audit.contacts import End
from kaska.audit.options import AuditProblem
from kaska.audit.readers.tables import column_name

FIELDS = ("arrival", "answered", "wait", "talk", "agent", "caller", "outcome")
LEAVE_OUT = "ignore"
MEANINGS: dict[str, str] = {**{end.value: end.value for end in End}, "lost": End.MISSED.value,
                            "short_abandoned": End.ABANDONED.value, LEAVE_OUT: LEAVE_OUT}  # fmt: skip
_KNOWN_WORDS = {
    End.ANSWERED: "answered answer ok yes y true 1 success completed complete agent handled connected served resolved "
                  "отвечен отвечено отвечён принят принято да разговор обслужен успешно успешный состоялся",
    End.ABANDONED: "abandoned abandon hang hangup cancel cancelled dropped сброшен потерян потеряно брошен сбросил "
                   "положил_трубку",
    End.MISSED: "missed no n false 0 no_answer noanswer busy failed unanswered timeout lost нет пропущен пропущено "
                "пропущенный занято не_отвечен без_ответа неотвечен неотвеченный не_отвечено",
    End.ANNOUNCEMENT_ONLY: "announcement_only ivr announcement vru menu phantom self_service ivr_only автоответчик "
                           "меню автоинформатор",
    End.OUTBOUND: "outbound outgoing out исходящий исходящие",
}  # fmt: skip
WORDS = {word: end for end, words in _KNOWN_WORDS.items() for word in words.split()}
_NAMES = {
    "arrival": "arrival arrived start start_time starttime calldate call_date date_time datetime timestamp created "
               "time received call_time начало дата_и_время дата_время время_звонка время_поступления поступил "
               "дата время",
    "answered": "answered answered_y_n is_answered answer_time answered_at answer отвечен время_ответа отвечено принят",
    "wait": "wait waiting wait_time waiting_time q_time queue_time hold holdtime hold_time speed_of_answer "
            "speed_of_answer_in_seconds wait_seconds wait_sec ожидание время_ожидания ожидание_сек",
    "talk": "talk talk_time talktime billsec ser_time avgtalkduration talk_duration conversation service_time duration "
            "talk_seconds talk_sec разговор время_разговора длительность_разговора длительность",
    "agent": "agent operator server agent_name user employee оператор сотрудник агент менеджер ответил",
    "caller": "caller caller_number phone customer customer_id caller_id ani from number src callerid client клиент "
              "номер телефон номер_клиента кто_звонил абонент номер_звонящего",
    "outcome": "outcome result status disposition call_status итог результат статус исход",
}  # fmt: skip


@dataclass(slots=True)
class Mapping:
    """Columns by field (several of ``arrival`` are read one after the other), and what the outcomes mean."""

    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    meanings: dict[str, str] = field(default_factory=dict)
    """value in small letters → a word of MEANINGS"""

    def written(self) -> str:
        """As a person would write it after ``--map``."""
        parts = [f"{name}={'+'.join(self.columns[name])}" for name in FIELDS if name in self.columns]
        text = ",".join(parts)
        if self.meanings:
            text += ":" + ",".join(f"{value}={meaning}" for value, meaning in self.meanings.items())
        return text


def parse(text: str) -> Mapping:
    """Reads ``arrival=Date+Time,…,outcome=COL:value=meaning,…``. Raises AuditProblem with what is wrong."""
    mapping, part_of_outcome = Mapping(), False
    for part in text.split(","):
        name, equals, value = part.partition("=")
        name, value = name.strip(), value.strip()
        if not equals or not value:
            raise AuditProblem(f"--map: “{part}” is not of the form FIELD=COLUMN")
        if name in FIELDS and not (part_of_outcome and value.lower() in MEANINGS):
            column, colon, meaning = value.partition(":") if name == "outcome" else (value, "", "")
            mapping.columns[name] = tuple(one.strip() for one in column.split("+"))
            part_of_outcome = name == "outcome"
            if colon:
                value_of, _, meant = meaning.partition("=")
                _mean(mapping, value_of, meant)
        elif part_of_outcome:
            _mean(mapping, name, value)
        else:
            raise AuditProblem(f"--map: there is no field “{name}”; the fields are {', '.join(FIELDS)}")
    if "arrival" not in mapping.columns:
        raise AuditProblem("--map: arrival=COLUMN is needed: when each contact came")
    return mapping


def _mean(mapping: Mapping, value: str, meaning: str) -> None:
    if meaning.strip().lower() not in MEANINGS:
        raise AuditProblem(f"--map: “{meaning}” is no meaning of an outcome; these are {', '.join(MEANINGS)}")
    mapping.meanings[value.strip().lower()] = MEANINGS[meaning.strip().lower()]


def guess(rows: Sequence[Sequence[str]], clock: Clock) -> Mapping:
    """From the header's names; what it does not say, from the values. Raises AuditProblem when no column is a time."""
    if not rows:
        raise AuditProblem("the file is empty", "файл пуст")
    header = [column_name(cell) for cell in rows[0]]
    named = any(name in words.split() for name in header for words in _NAMES.values())
    body, mapping, taken = rows[1:] if named else rows, Mapping(), set()
    for name, words in _NAMES.items():
        for word in words.split():
            if word in header and (place := header.index(word)) not in taken and named:
                mapping.columns[name] = (rows[0][place],)
                taken.add(place)
                break
    if "date" in header and "time" in header:
        mapping.columns["arrival"] = (rows[0][header.index("date")], rows[0][header.index("time")])
    if "дата" in header and "время" in header:
        mapping.columns["arrival"] = (rows[0][header.index("дата")], rows[0][header.index("время")])
    if "arrival" not in mapping.columns:
        place = _first_column(body, lambda cell: (at := clock.read(cell)) is not None and clock.plausible(at))
        if place < 0:
            raise AuditProblem(
                "no column looks like a time of arrival; say which is which with --map",
                "ни один столбец не похож на время звонка; укажите столбцы сами",
            )
        mapping.columns["arrival"] = (str(place + 1),)
    if "outcome" not in mapping.columns and "answered" not in mapping.columns:
        place = _first_column(body, lambda cell: column_name(cell) in WORDS and not cell.isdigit())
        if place >= 0:
            mapping.columns["outcome"] = (str(place + 1),)
    if "talk" not in mapping.columns and not named:
        place = _first_column(body, lambda cell: seconds_of(cell) is not None and len(cell) < 7)
        if place >= 0:
            mapping.columns["talk"] = (str(place + 1),)
    return mapping


def _first_column(rows: Sequence[Sequence[str]], fits: object) -> int:
    """The first column most of whose values fit; -1 when there is none."""
    assert callable(fits)
    for place in range(max(map(len, rows), default=0)):
        values = [cells[place] for cells in rows if place < len(cells) and cells[place]]
        if values and sum(bool(fits(value)) for value in values) * 3 >= len(values) * 2:
            return place
    return -1


def places_of(mapping: Mapping, rows: Sequence[Sequence[str]]) -> tuple[dict[str, tuple[int, ...]], tuple[str, ...]]:
    """(columns' places by field, the header's cells or none). Columns are named or numbered from 1."""
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    plain = [column_name(cell) for cell in header]
    places: dict[str, tuple[int, ...]] = {}
    by_name = False
    for name, columns in mapping.columns.items():
        found = []
        for column in columns:
            if column.strip().lower() in header:
                found.append(header.index(column.strip().lower()))
                by_name = True
            elif column_name(column) in plain:
                found.append(plain.index(column_name(column)))
                by_name = True
            elif column.isdigit() and int(column) > 0:
                found.append(int(column) - 1)
            else:
                there_are = ", ".join(rows[0] if rows else [])
                raise AuditProblem(
                    f"there is no column “{column}”; the columns are: {there_are}",
                    f"нет столбца «{column}»; есть: {there_are}",
                )
        places[name] = tuple(found)
    return places, tuple(rows[0]) if by_name else ()


def profile_path(name: str) -> Path:
    """A path as given, or the named profile in the user's directory of settings."""
    if "/" in name or name.endswith(".json"):
        return Path(name)
    home = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(home) / "kaska" / "audit" / f"{name}.json"


def load(name: str) -> Mapping | None:
    """The kept mapping; None when there is none yet. Raises AuditProblem for a file that is no profile."""
    path = profile_path(name)
    if not path.exists():
        return None
    try:
        return parse(json.loads(path.read_text(encoding="utf-8"))["map"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AuditProblem(f"{path} is no profile of an audit: {error}") from None


def keep(name: str, mapping: Mapping) -> Path:
    path = profile_path(name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"map": mapping.written()}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise AuditProblem(f"the profile cannot be kept: {error}") from None
    return path
