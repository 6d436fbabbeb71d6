"""What customers do: each story is one way of calling a company, with its weight in the crowd."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable

from demo.visit import QUEUED, Visit

Story = Callable[[Visit], Awaitable[None]]


def patience() -> float:
    """Seconds that somebody waits in line; most wait a minute or more."""
    return random.choice((20.0, 45.0, 75.0, 120.0))


async def asks_sales(visit: Visit) -> None:
    if await visit.chooses("1"):
        await visit.waits_and_talks(patience())


async def asks_service(visit: Visit) -> None:
    if await visit.chooses("2"):
        await visit.waits_and_talks(patience())


async def asks_for_an_operator(visit: Visit) -> None:
    if await visit.chooses("0"):
        await visit.waits_and_talks(patience())


async def presses_nothing(visit: Visit) -> None:
    """An old telephone without keys: the menu must lead to a person by itself."""
    if await visit.reaches(QUEUED, 60.0):
        await visit.waits_and_talks(patience())


async def presses_a_wrong_key(visit: Visit) -> None:
    await visit.hears_the_menu()
    for key in random.sample("456789", 2):
        await visit.presses(key)
        if await visit.reaches(QUEUED, 10.0):
            break
    await visit.waits_and_talks(patience())


async def dials_an_extension(visit: Visit) -> None:
    await visit.hears_the_menu()
    await visit.presses(random.choice(visit.town.company.operators).extension)
    await visit.waits_and_talks(patience())


async def hangs_up_in_the_menu(visit: Visit) -> None:
    await visit.listens(2.0, 9.0)


async def hangs_up_while_waiting(visit: Visit) -> None:
    """Unless somebody takes the call first: then it would be impolite."""
    if await visit.chooses(random.choice("120")):
        await visit.waits_and_talks(random.uniform(1.0, 10.0))


async def leaves_a_message(visit: Visit) -> None:
    if not await visit.chooses(random.choice("12")):
        return
    if await visit.reaches(("talking",), random.uniform(3.0, 8.0)):
        await visit.talks()
        return
    await visit.presses("1")
    if await visit.reaches(("message",), 10.0):
        await visit.leaves_a_message()
    else:
        await visit.waits_and_talks(60.0)


async def orders_a_callback(visit: Visit) -> None:
    """Keep the place in line and hang up; the town answers when the company calls."""
    if not await visit.chooses(random.choice("12")):
        return
    if await visit.reaches(("talking",), random.uniform(3.0, 8.0)):
        await visit.talks()
        return
    await visit.presses("2")
    if await visit.reaches(("talking",), random.uniform(6.0, 10.0)):
        await visit.talks()


async def calls_after_hours(visit: Visit) -> None:
    """A line whose office is closed: some leave their question, some hang up at once."""
    if random.random() < 0.3:
        await visit.listens(1.0, 6.0)
    elif await visit.reaches(("message",), 30.0) or visit.person.hidden:
        await visit.leaves_a_message()


STORIES: tuple[tuple[int, Story], ...] = (
    (20, asks_sales),
    (18, asks_service),
    (12, asks_for_an_operator),
    (5, presses_nothing),
    (4, presses_a_wrong_key),
    (8, dials_an_extension),
    (5, hangs_up_in_the_menu),
    (7, hangs_up_while_waiting),
    (7, leaves_a_message),
    (7, orders_a_callback),
    (7, calls_after_hours),
)
RETURN_CHANCE = 0.35
"""how often the next caller is somebody who was not served before"""


def any_story() -> Story:
    weights = [weight for weight, _ in STORIES]
    return random.choices([story for _, story in STORIES], weights)[0]


def patient_story() -> Story:
    """What somebody does who calls again."""
    return random.choice((asks_sales, asks_service, asks_for_an_operator))
