"""Metrics of several processes on one page, as Prometheus reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector
from prometheus_client.samples import Sample

OF_ONE_PROCESS = ("python_", "process_")
"""what describes a process and not its work: told of the first only"""


def merged(first: str, *others: str) -> bytes:
    """Expositions in text: samples of one name with the same labels are added up.

    What another process merely imported and never touched counts 0 there, so that sums are right for gauges too.
    """
    families = {family.name: family for family in text_string_to_metric_families(first)}
    for text in others:
        for family in text_string_to_metric_families(text):
            if not family.name.startswith(OF_ONE_PROCESS) and not family.name.endswith("_created"):
                known = families.setdefault(family.name, Metric(family.name, family.documentation, family.type))
                known.samples = _added(known.samples + family.samples)
    registry = CollectorRegistry()
    registry.register(_Told(families.values()))
    return generate_latest(registry)


class _Told(Collector):
    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = list(families)

    def collect(self) -> Iterator[Metric]:
        return iter(self._families)


def _added(samples: Sequence[Sample]) -> list[Sample]:
    sums: dict[tuple[str, tuple[tuple[str, str], ...]], float] = {}
    kept: dict[tuple[str, tuple[tuple[str, str], ...]], Sample] = {}
    for sample in samples:
        key = (sample.name, tuple(sorted(sample.labels.items())))
        sums[key] = sums.get(key, 0.0) + sample.value
        kept.setdefault(key, sample)
    return [sample._replace(value=sums[key]) for key, sample in kept.items()]
