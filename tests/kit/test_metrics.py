"""Counters of two processes on one page."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from kaska.kit.metrics import merged


def _exposition(events: int, lag: float, *, own: int) -> str:
    registry = CollectorRegistry()
    counted = Counter("kaska_events", "Events", ["kind"], registry=registry)
    for _ in range(events):
        counted.labels("arrived").inc()
    Gauge("kaska_lag_seconds", "Lag", registry=registry).set(lag)
    Gauge("process_open_fds", "Files", registry=registry).set(own)
    Histogram("kaska_took_seconds", "Time", buckets=(1.0,), registry=registry).observe(0.5)
    return generate_latest(registry).decode()


def test_what_was_counted_in_both_is_added_up() -> None:
    text = merged(_exposition(0, 0.0, own=7), _exposition(3, 2.5, own=9)).decode()
    samples = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert samples["kaska_events_total", "arrived"] == 3
    assert samples["kaska_lag_seconds",] == 2.5
    assert samples["kaska_took_seconds_bucket", "1.0"] == 2
    assert samples["kaska_took_seconds_count",] == 2
    assert samples["process_open_fds",] == 7, "what describes the process that was asked stays its own"
    assert text.count("# TYPE kaska_took_seconds histogram") == 1
