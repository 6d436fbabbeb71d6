"""Logs: one JSON object a line on stderr, whoever wrote it, with personal data masked.

Write with ``structlog.get_logger().info("what happened", contact=…, …)``. The standard library's logging (uvicorn,
SQLAlchemy, websockets) takes the same way out.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

_PHONE_KEYS = frozenset(
    {"phone", "number", "caller", "caller_id", "callee", "dialled", "customer", "address", "from", "to"}
)
"""under these names any run of 7 digits or more is somebody's number"""

_PHONE = re.compile(
    r"(?<![\w.])\+\d(?:[ ()-]{0,2}\d){9,14}"  # international, however it is spaced
    r"|(?<![\w.+-])[78](?:[ ()-]{0,2}\d){10}(?![\w.-]?\d)"  # Russian without a plus; not kaska-1763769600.12
)
_DIGITS = re.compile(r"\+?\d(?:[ ()-]{0,2}\d){6,14}")
_MAIL = re.compile(r"\b([\w.+-])[\w.+-]*(@(?:[\w-]+\.)+[A-Za-z]{2,})\b")


def mask_phone(number: str) -> str:
    """``+7 495 000-12-67`` → ``+7495•••••67``: enough to recognise one's own case, not enough to call."""
    digits = re.sub(r"\D", "", number)
    hidden = max(len(digits) - 6, 3)
    return ("+" if number.startswith("+") else "") + digits[:4] + "•" * hidden + digits[-2:]


def mask_text(text: str, *, any_number: bool = False) -> str:
    """``text`` with phone numbers and e-mail addresses masked."""
    masked = (_DIGITS if any_number else _PHONE).sub(lambda found: mask_phone(found.group()), text)
    return _MAIL.sub(r"\1•••\2", masked) if "@" in masked else masked


def mask_personal_data(logger: Any, method: str, event: EventDict) -> EventDict:
    """A structlog processor; goes into nested mappings and sequences too."""
    return {key: _masked(value, key) for key, value in event.items()}


def _without_colours(logger: Any, method: str, event: EventDict) -> EventDict:
    """uvicorn says everything twice, the second time with colours."""
    event.pop("color_message", None)
    return event


def _masked(value: Any, key: str) -> Any:
    if isinstance(value, str):
        return mask_text(value, any_number=key in _PHONE_KEYS)
    if isinstance(value, bool | int | float | None):
        return _masked(str(value), key) if key in _PHONE_KEYS and type(value) is int and value > 9_999_999 else value
    if isinstance(value, Mapping):
        return {name: _masked(item, str(name)) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_masked(item, key) for item in value]
    return mask_text(repr(value), any_number=key in _PHONE_KEYS)


def configure(level: str = "INFO", *, stream: TextIO | None = None) -> None:
    """Send everything that is logged in this process to ``stream`` (stderr); may be called again."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _without_colours,
                structlog.stdlib.PositionalArgumentsFormatter(),
                structlog.processors.format_exc_info,
                mask_personal_data,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        if logger.handlers and name.startswith(("uvicorn", "sqlalchemy", "websockets", "asyncio", "alembic")):
            logger.handlers.clear()
            logger.propagate = True
    for chatty in ("httpx", "httpcore", "websockets", "asyncio"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, root.level))
