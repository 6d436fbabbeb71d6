"""The audit as JSON: exactly these keys; null where the log cannot tell. Service levels are shares from 0 to 1."""

from __future__ import annotations

import json
from typing import Any

from kaska.audit.run import Audit

_LOST_CALLERS = ("total", "never", "later", "same_day", "unknown", "earlier_only")


def document(audit: Audit) -> dict[str, Any]:
    figures, levels, reading = audit.figures, audit.figures.levels(), audit.reading
    callers = audit.recovered.callers
    shown = sorted(figures.agents.items())
    talks = {name: _whole(agent.talk_s) for name, agent in shown if name and agent.talks}
    rings = {name: agent.unanswered_rings for name, agent in shown if name and agent.unanswered_rings}
    callers_told = not figures.lost or audit.recovered.hidden < figures.lost
    return {
        "rows": reading.rows,
        "contacts": figures.contacts,
        "offered": figures.offered,
        "answered": figures.answered,
        "abandoned": figures.abandoned,
        "short_abandoned": figures.short_abandoned,
        "announcement_only": figures.announcement_only if reading.announcements_told else None,
        "missed": figures.missed,
        "outbound": figures.outbound if reading.outbound_told else None,
        "asa_s": _rounded(figures.asa_s),
        "aht_s": _rounded(figures.aht_s),
        "sl_answered": _rounded(levels.answered if levels else None),
        "sl_offered": _rounded(levels.offered if levels else None),
        "sl_early_abandons_good": _rounded(levels.early_abandons_good if levels else None),
        "sl_early_abandons_excluded": _rounded(levels.early_abandons_excluded if levels else None),
        "target_s": _whole(figures.target_s),
        "talk_s_by_agent": talks if talks or "" not in figures.agents else None,
        "ring_no_answer_by_agent": rings if reading.rings_told else None,
        "lost_callers": {name: getattr(callers, name) if callers_told else None for name in _LOST_CALLERS},
        "left_out": [
            {"reason": why.value, "rows": reason.rows} for why, reason in sorted(reading.left_out.reasons.items())
        ],
    }  # fmt: skip


def written(audit: Audit) -> str:
    return json.dumps(document(audit), ensure_ascii=False, indent=2)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _whole(value: float) -> float:
    return int(value) if value == int(value) else round(value, 3)
