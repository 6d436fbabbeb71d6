"""The simulator agrees with exact models within its confidence interval.

Method: one run per point, its first calls left out, the rest cut into 20 batches (batch means). As 44 figures are
compared, each interval has the confidence 1 − 0.01/44 (Bonferroni), so that a right simulator would fail this file once
in a hundred choices of seeds; the seeds are the numbers of the points. Each interval must also be narrow.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from kaska.core.counting.erlang import impatient, patient
from kaska.simulator.durations import Exponential
from simulator.runs import Interval, Kind, batch_means, centre, one_line, queue, rows_of

BATCHES = 20
QUANTILE = 4.53
"""Student's distribution, 19 degrees of freedom, two-sided 1 − 0.01/44"""
HANDLING = 100.0
TARGET = 20.0

PATIENT = ((0.6, 3), (0.65, 2), (0.7, 4), (0.75, 2), (0.8, 3))
"""(load, agents)"""
IMPATIENT = ((0.6, 5), (0.7, 8), (0.85, 10), (0.95, 6), (1.05, 12), (1.15, 10), (1.3, 8))


def _close(found: Interval, expected: float, width: float) -> None:
    assert found.holds(expected), (found, expected)
    assert found.half < width, found


@pytest.mark.parametrize(("load", "agents"), PATIENT)
def test_without_impatience_it_is_erlang_c(load: float, agents: int) -> None:
    expected = patient(load * agents, agents, HANDLING, TARGET)
    rows = one_line(agents, load, math.inf, 4500, seed=round(load * 100))[500:]
    _close(batch_means([row.wait for row in rows], BATCHES, QUANTILE), expected.mean_wait, expected.mean_wait)
    _close(batch_means([float(row.wait <= TARGET) for row in rows], BATCHES, QUANTILE), expected.in_time, 0.2)
    assert all(row.outcome == "answered" for row in rows)


@pytest.mark.parametrize(("load", "agents"), IMPATIENT)
def test_with_impatience_it_is_erlang_a(load: float, agents: int) -> None:
    patience = 120.0
    expected = impatient(load * agents, agents, HANDLING, patience, TARGET)
    rows = one_line(agents, load, patience, 2700, seed=round(load * 100))[500:]
    _close(batch_means([row.wait for row in rows], BATCHES, QUANTILE), expected.mean_wait, 12.0)
    _close(batch_means([float(not row.answered_at) for row in rows], BATCHES, QUANTILE), expected.abandons, 0.09)
    in_time = [float(bool(row.answered_at) and row.wait <= TARGET) for row in rows]
    _close(batch_means(in_time, BATCHES, QUANTILE), expected.in_time, 0.2)
    talk = batch_means([row.talk for row in rows if row.answered_at], BATCHES, QUANTILE)
    _close(talk, HANDLING, 14.0)


class TestTwoSkills:
    """Plain callers are taken by generalists and beginners, demanding ones by generalists only, who take them first.

    The exact model is a Markov chain over (who is idle, in the order of becoming idle; plain waiting; demanding
    waiting): the longest idle is chosen, so the order is part of the state. Handling is the same for both kinds, so
    who talks with whom is not.
    """

    BEGINNERS, GENERALISTS = 2, 3
    PLAIN, DEMANDING = 2.6 / HANDLING, 2.0 / HANDLING
    PATIENCE = 150.0
    MOST = 30
    """longer lines are as good as impossible"""

    def test_it_agrees_with_the_markov_chain(self) -> None:
        waiting = self._chain()
        kinds = [
            Kind(queue("plain"), self.PLAIN, Exponential(HANDLING), Exponential(self.PATIENCE)),
            Kind(queue("demanding"), self.DEMANDING, Exponential(HANDLING), Exponential(self.PATIENCE), priority=1),
        ]
        agents: dict[str, tuple[str, ...]] = {f"b{n}": ("plain",) for n in range(self.BEGINNERS)}
        agents |= {f"g{n}": ("plain", "demanding") for n in range(self.GENERALISTS)}
        rows = rows_of(centre(kinds, agents, 7_000 / (self.PLAIN + self.DEMANDING)), seed=1)[500:]
        for name, per_second in (("plain", self.PLAIN), ("demanding", self.DEMANDING)):
            of_queue = [row for row in rows if row.queue == name]
            expected_waits, mean_line = waiting[name]
            expected_wait = mean_line / per_second  # Little
            waits = batch_means([row.wait for row in of_queue], BATCHES, QUANTILE)
            _close(waits, expected_wait, 0.35 * expected_wait)
            abandons = batch_means([float(not row.answered_at) for row in of_queue], BATCHES, QUANTILE)
            _close(abandons, expected_wait / self.PATIENCE, 0.05)
            _close(batch_means([float(row.wait > 0) for row in of_queue], BATCHES, QUANTILE), expected_waits, 0.08)

    def test_the_chain_knows_the_rule(self) -> None:
        """Were generalists spared for the demanding, those would wait less: the order of idleness matters."""
        by_idleness, sparing = self._chain(), self._chain(spare=True)
        assert sparing["demanding"][0] < by_idleness["demanding"][0] - 0.02

    def _chain(self, *, spare: bool = False) -> dict[str, tuple[float, float]]:
        """queue → (share of its callers who wait, mean number waiting)."""
        numbers: dict[tuple[str, int, int], int] = {}
        jumps: list[tuple[int, int, float]] = []
        todo = [("b" * self.BEGINNERS + "g" * self.GENERALISTS, 0, 0)]
        numbers[todo[0]] = 0
        while todo:
            state = todo.pop()
            for following, rate in self._moves(*state, spare=spare):
                if following not in numbers:
                    numbers[following] = len(numbers)
                    todo.append(following)
                jumps.append((numbers[state], numbers[following], rate))
        flow = np.zeros((len(numbers), len(numbers)))
        for source, target, rate in jumps:
            flow[target, source] += rate
            flow[source, source] -= rate
        flow[0, :] = 1.0  # one of the balance equations is spare; the chances add up to one
        chances = np.linalg.solve(flow, np.eye(len(numbers))[0])
        plain_waits = sum(chances[n] for (idle, _, _), n in numbers.items() if not idle)
        demanding_waits = sum(chances[n] for (idle, _, _), n in numbers.items() if "g" not in idle)
        return {
            "plain": (plain_waits, sum(chances[n] * plain for (_, plain, _), n in numbers.items())),
            "demanding": (demanding_waits, sum(chances[n] * more for (_, _, more), n in numbers.items())),
        }

    def _moves(self, idle: str, plain: int, demanding: int, *, spare: bool) -> list[tuple[tuple[str, int, int], float]]:
        moves = []
        if idle:
            first = idle.index("b") if spare and "b" in idle else 0
            moves.append(((idle[:first] + idle[first + 1 :], plain, demanding), self.PLAIN))
        elif plain < self.MOST:
            moves.append(((idle, plain + 1, demanding), self.PLAIN))
        if "g" in idle:
            first = idle.index("g")
            moves.append(((idle[:first] + idle[first + 1 :], plain, demanding), self.DEMANDING))
        elif demanding < self.MOST:
            moves.append(((idle, plain, demanding + 1), self.DEMANDING))
        beginners = (self.BEGINNERS - idle.count("b")) / HANDLING
        generalists = (self.GENERALISTS - idle.count("g")) / HANDLING
        if beginners:
            moves.append(((idle, plain - 1, demanding) if plain else (idle + "b", plain, demanding), beginners))
        if generalists and demanding:
            moves.append(((idle, plain, demanding - 1), generalists))
        elif generalists:
            moves.append(((idle, plain - 1, demanding) if plain else (idle + "g", plain, demanding), generalists))
        if plain:
            moves.append(((idle, plain - 1, demanding), plain / self.PATIENCE))
        if demanding:
            moves.append(((idle, plain, demanding - 1), demanding / self.PATIENCE))
        return moves
