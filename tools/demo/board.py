"""What the terminal shows: address and logins at the top, then a line of the books, again each second."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable

from demo.company import Company
from demo.live import Live

WORDS = {
    "ru": {
        "offered": "предложено",
        "answered": "отвечено",
        "in_menu": "в меню",
        "waiting": "ждут",
        "talking": "говорят",
        "message_taken": "сообщений",
        "owed": "долгов",
        "recovered": "возвращено",
        "lost": "потеряно",
        "page": "Страница",
        "administrator": "администратор",
        "supervisor": "супервизор",
        "operator": "оператор (свободен для вас)",
        "main": "Номера: {} — работает, {} — нерабочее время. Роботов-операторов: {}",
        "stop": "Ctrl-C останавливает.",
        "away": "приложение не отвечает, жду",
    },
    "en": {
        "offered": "offered",
        "answered": "answered",
        "in_menu": "in menu",
        "waiting": "waiting",
        "talking": "talking",
        "message_taken": "messages taken",
        "owed": "owed",
        "recovered": "recovered",
        "lost": "lost",
        "page": "Page",
        "administrator": "administrator",
        "supervisor": "supervisor",
        "operator": "operator (free for you)",
        "main": "Numbers: {} open, {} after hours. Robot operators: {}",
        "stop": "Ctrl-C stops.",
        "away": "the application does not answer, waiting",
    },
}
COUNTS = ("offered", "answered", "in_menu", "waiting", "talking", "message_taken", "owed", "recovered", "lost")
PLAIN_EVERY = 10.0
"""seconds between lines when the output is no terminal"""


class Board:
    def __init__(self) -> None:
        locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
        self.words = WORDS["ru" if locale.startswith("ru") else "en"]
        self._terminal = sys.stdout.isatty()
        self._printed = 0.0

    def top(self, address: str, company: Company) -> None:
        words = self.words
        rows = [(words["administrator"], company.administrator), (words["supervisor"], company.supervisor)]
        rows += [(words["operator"], operator.login) for operator in company.humans]
        wide = max(len(role) for role, _ in rows)
        login = max(len(person.login) for _, person in rows)
        print(f"\n  {words['page']}: {address}\n")
        for role, person in rows:
            print(f"  {role:<{wide}}  {person.login:<{login}}  {person.password}")
        robots = len(company.robots)
        print(f"\n  {words['main'].format(company.main_number, company.closed_number, robots)}")
        print(f"  {words['stop']}\n", flush=True)

    def line(self, live: Live, problem: Callable[[], str]) -> None:
        """Show the books as they are now."""
        if not live.connected and not live.problem:
            return  # nothing was heard yet, good or bad
        if not live.connected:
            text = f"{self.words['away']} ({live.problem})"
        else:
            text = " · ".join(f"{self.words[name]} {live.books.get(name, 0)}" for name in COUNTS)
            if trouble := problem():
                text += f" | {trouble}"
        clock = time.strftime("%H:%M:%S")
        if self._terminal:
            wide = shutil.get_terminal_size().columns - 1
            print(f"\r\033[K{clock}  {text}"[: wide + 4], end="", flush=True)
        elif time.monotonic() - self._printed >= PLAIN_EVERY:
            self._printed = time.monotonic()
            print(f"{clock}  {text}", flush=True)

    def end(self) -> None:
        print(flush=True)
