"""A robot operator: signs in, registers his telephone, is ready, answers, talks, writes down what it was about."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING

from demo.company import Operator
from demo.desk import Desk, DeskError
from phones import Call, CallError, Phone, RegistrationError

if TYPE_CHECKING:
    from demo.town import Town

IGNORES = 0.07
"""how often a ringing telephone is left alone"""
BREAKS = 0.04
"""how often there is a break after a call"""
CALLS_BACK = 0.3
"""how often he pays a debt after a call instead of taking the next"""
AWAY = 30.0
"""how long he tries to write down what he has to while the application is away"""
CHOICES = (
    ("sales.order", "order_taken", "Два окна, замер в субботу"),
    ("sales.price", "consulted", "Спрашивали цену, подумают"),
    ("sales.advice", "consulted", ""),
    ("order.status", "resolved", "Заказ в пути"),
    ("order.delivery", "resolved", "Перенесли доставку на вечер"),
    ("service.fault", "transferred", "Тугая ручка, нужен мастер"),
    ("service.how_to", "resolved", ""),
    ("complaint.quality", "not_resolved", "Царапина на подоконнике"),
    ("other.wrong_number", "not_target", ""),
)


class Robot:
    """``problem`` is what keeps him from working, "" when nothing does."""

    def __init__(self, town: Town, operator: Operator) -> None:
        self.town, self.operator = town, operator
        self._trouble = ""
        self._desk = Desk(town.options.address, operator.login)
        self._phone = Phone()
        self._busy = False

    @property
    def problem(self) -> str:
        return self._trouble

    @problem.setter
    def problem(self, text: str) -> None:
        self._trouble = text
        if text:
            self.town.note(text)

    async def run(self) -> None:
        """For ever; closes what it opened when cancelled."""
        async with self._phone:
            try:
                await self._begins()
                async with asyncio.TaskGroup() as group:
                    group.create_task(self._stays_ready())
                    group.create_task(self._takes_calls())
            finally:
                await asyncio.shield(self._leaves())

    async def _begins(self) -> None:
        """Registers; tries again until the application and the switch let him."""
        delay = 0.0
        while not self._phone.registered:
            await asyncio.sleep(delay)
            delay = 3.0
            await self._registers()

    async def _registers(self) -> None:
        try:
            accounts = (await self._desk.get("/api/agents/me/phone"))["accounts"]
            account = next(account for account in accounts if account["kind"] == "phone")
            await self._phone.register(account["username"], account["password"], account["server"])
        except (DeskError, RegistrationError, KeyError, StopIteration) as error:
            self.problem = f"{self.operator.login.login}: {error!r}"
        else:
            self.problem = ""

    async def _stays_ready(self) -> None:
        """Whoever fell out of work (a call not taken, a restart of the application) comes back after a while."""
        while True:
            state = self.town.live.agent(self.operator.id).get("state", "")
            if self.town.live.connected and not self._busy and state in ("offline", "break", "not_answering"):
                await asyncio.sleep(random.uniform(1, 8) if state != "break" else random.uniform(5, 20))
                await self._says({"state": "ready", "device": "phone"})
            await self.town.live.until(lambda: False, 3.0)

    async def _says(self, state: dict[str, str]) -> None:
        try:
            await self._desk.post("/api/agents/me/state", state)
            self.problem = ""
        except DeskError as error:
            self.problem = f"{self.operator.login.login}: {error}"

    async def _takes_calls(self) -> None:
        while True:
            call = await self._phone.incoming(within=1e9)
            self._busy = True
            try:
                await self._takes(call)
            except (CallError, TimeoutError) as error:
                self.problem = f"{self.operator.login.login}: {error!r}"
            finally:
                self._busy = False

    async def _takes(self, call: Call) -> None:
        contact = call.headers.get("X-Kaska-Contact")
        own = self.town.live.rows.get("calls", {}).get(contact, {}).get("debt", "")
        if random.random() < IGNORES and not own:
            await call.ended(within=120)
            return
        try:
            await call.ended(within=random.uniform(1, 4))
            return  # the caller gave up, or somebody else was quicker
        except TimeoutError:
            await call.answer()
        await self._talks(call)
        await self._writes_down(contact)

    async def _talks(self, call: Call) -> None:
        ours = random.uniform(8, 25) if random.random() < 0.6 else 60.0
        chat = asyncio.create_task(self.town.speech.chat(call, "operator"))
        try:
            await call.ended(within=ours)
        except TimeoutError:
            await call.hang_up()
        finally:
            chat.cancel()

    async def _writes_down(self, contact: str) -> None:
        topic, result, note = random.choice(CHOICES)
        await asyncio.sleep(random.uniform(2, 6))
        try:
            if contact and random.random() < 0.9:
                body = {"topic": topic, "result": result, "note": note}
                await self._desk.post(f"/api/contacts/{contact}/classification", body, patience=AWAY)
            if await self._pays_a_debt():
                return
            if random.random() < BREAKS:
                await self._desk.post("/api/agents/me/state", {"state": "break", "reason": "Чай"})
            await self._desk.post("/api/agents/me/wrap-up/finish", patience=AWAY)
            self.problem = ""
        except DeskError as error:
            self.problem = f"{self.operator.login.login}: {error}"

    async def _pays_a_debt(self) -> bool:
        """Instead of taking the next contact, sometimes call one of those back who were not served.

        Two robots may choose the same debt: the second is refused, and takes the next contact.
        """
        live = self.town.live
        debts = [row for row in live.rows.get("debts", {}).values() if row["customer"] and not row["calling"]]
        if not debts or live.books.get("waiting", 0) > 2 or random.random() > CALLS_BACK:
            return False
        debt = min(debts, key=lambda row: (row["attempts"], row["due_at"]))
        try:
            await self._desk.post(f"/api/debts/{debt['id']}/call")
        except DeskError as error:
            self.town.note(f"{self.operator.login.login}: {error}")
            return False
        return True

    async def _leaves(self) -> None:
        try:
            async with asyncio.timeout(5):
                await self._desk.post("/api/agents/me/state", {"state": "offline", "reason": "demo over"})
        except (DeskError, TimeoutError):
            pass  # the application is away: it will notice the telephone going
        await self._desk.close()
