"""The centre in Ciw: one node whose servers are the agents, customer classes for the queues.

Ciw knows no skills, so the node is told who may serve whom: an arriving call gets the able server who has been idle
longest, a freed server the able one of those who wait, the longest first. Writing down is part of the service.
"""

from __future__ import annotations

import time
from typing import Any

import ciw

from simulation.centre import AGENTS, CAN, HANDLING, NEEDS, PATIENCE, PER_SECOND, WRAP_UP, Seen

CAN_SERVE = dict(enumerate(CAN.values(), start=1))
"""number of a server → customer classes"""


class Skilled(ciw.Node):  # type: ignore[misc]  # Ciw has no types
    def begin_service_if_possible_accept(self, next_individual: Any) -> None:
        next_individual.arrival_date = self.now
        next_individual.reneging_date = self.get_reneging_date(next_individual)
        kind = next_individual.customer_class
        able = [server for server in self.servers if not server.busy and kind in CAN_SERVE[server.id_number]]
        if able:
            self._serve(min(able, key=_idle_since), next_individual)

    def begin_service_if_possible_release(self, next_individual: Any, newly_free_server: Any) -> None:
        newly_free_server.idle_since = self.now
        can = CAN_SERVE[newly_free_server.id_number]
        for waiting in self.individuals[0]:
            if not waiting.server and waiting.customer_class in can:
                self._serve(newly_free_server, waiting)
                return

    def _serve(self, server: Any, individual: Any) -> None:
        self.attach_server(server, individual)
        individual.service_start_date = self.now
        individual.service_time = self.get_service_time(individual)
        individual.service_end_date = self.now + individual.service_time
        self.number_in_service += 1
        server.next_end_service_date = individual.service_end_date


def _idle_since(server: Any) -> float:
    return getattr(server, "idle_since", 0.0)


class Work(ciw.dists.Exponential):  # type: ignore[misc]  # Ciw has no types
    def sample(self, t: float | None = None, ind: Any = None) -> float:
        return float(super().sample(t, ind)) + WRAP_UP


def with_node(calls: int, seed: int) -> Seen:
    network = ciw.create_network(
        arrival_distributions={queue: [ciw.dists.Exponential(PER_SECOND)] for queue in NEEDS},
        service_distributions={queue: [Work(1 / HANDLING)] for queue in NEEDS},
        reneging_time_distributions={queue: [ciw.dists.Exponential(1 / PATIENCE)] for queue in NEEDS},
        number_of_servers=[len(AGENTS)],
    )
    ciw.seed(seed)
    simulation = ciw.Simulation(network, node_class=Skilled)
    began = time.process_time()
    simulation.simulate_until_max_time(calls / (PER_SECOND * len(NEEDS)))
    elapsed = time.process_time() - began
    records = simulation.get_all_records()
    answered = [one for one in records if one.record_type == "service"]
    waited = float(sum(one.waiting_time for one in answered))
    return Seen(len(records), len(answered), waited, elapsed)
