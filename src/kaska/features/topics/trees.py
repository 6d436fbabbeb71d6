"""Laws of the lists, and what must be said with a topic and a result. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kaska.features.topics.schemas import Topic, TopicLists

DEEPEST = 5


def problem_of(lists: TopicLists) -> dict[str, str] | None:
    """Why these lists cannot be kept, in both languages; None when they can."""
    for items in (lists.topics, lists.results, lists.sources, lists.refusals):
        twice = [id for id, times in Counter(item.id for item in items).items() if times > 1]
        if twice:
            return {"ru": f"Имя «{twice[0]}» стоит в списке дважды.", "en": f"“{twice[0]}” stands in a list twice."}
    for topic in lists.topics:
        if why := _problem_of_place(topic, {one.id: one for one in lists.topics}):
            return why
    standing = any(not topic.archived for topic in lists.topics), any(not one.archived for one in lists.results)
    if not all(standing):
        return {
            "ru": "Оставьте хотя бы одну тематику и один результат: иначе нечего будет выбрать.",
            "en": "Leave at least one topic and one result: else there is nothing to choose.",
        }
    return None


def _problem_of_place(topic: Topic, known: Mapping[str, Topic]) -> dict[str, str] | None:
    title = topic.title
    if not topic.parent:
        return None
    above = known.get(topic.parent)
    if above is None:
        return {
            "ru": f"Над тематикой «{title}» нет той, что указана.",
            "en": f"What “{title}” stands under is missing.",
        }
    if above.project != topic.project:
        return {
            "ru": f"«{title}» и тематика над ней — из разных проектов.",
            "en": f"“{title}” and the topic above it are of different projects.",
        }
    if len(path_of(topic.id, known)) > DEEPEST:
        return {
            "ru": f"«{title}» стоит сама под собой или глубже {DEEPEST} уровней.",
            "en": f"“{title}” stands under itself, or deeper than {DEEPEST} levels.",
        }
    return None


def path_of(id: str, known: Mapping[str, Topic]) -> list[str]:
    """Identifiers from the top down to ``id``; broken off after DEEPEST + 1 in a circle."""
    path: list[str] = []
    while id in known and len(path) <= DEEPEST:
        path.append(id)
        id = known[id].parent
    return path[::-1]


def title_of(id: str, known: Mapping[str, Topic]) -> str:
    """ "Продажи / Новый заказ"."""
    return " / ".join(known[one].title for one in path_of(id, known)) or id


def missing_of(
    requires: Iterable[str], *, asks_refusal: bool, asks_next: bool, said: Mapping[str, object]
) -> list[str]:
    """Which fields of a result must still be filled in, in the order of the form.

    ``said``: heard_from, refusal, note, next_step as text, next_at as time or None.
    """
    wanted = {*requires, *(["refusal"] if asks_refusal else []), *(["next_step"] if asks_next else [])}
    missing: list[str] = [
        name for name in ("heard_from", "refusal", "note", "next_step") if name in wanted and not _said(said, name)
    ]
    # a promise without a time is nobody's responsibility, a time without words tells nobody what for
    if (said.get("next_step") or "next_step" in wanted) and not said.get("next_at"):
        missing.append("next_at")
    if said.get("next_at") and not _said(said, "next_step") and "next_step" not in missing:
        missing.append("next_step")
    return missing


def _said(said: Mapping[str, object], name: str) -> bool:
    return bool(str(said.get(name) or "").strip())
