"""How every benchmark reports: rows {name, value, unit, baseline, ratio}, a table, and STATE/bench/<suite>.json."""

from __future__ import annotations

import json
from typing import Any

from kaska.kit.config import Settings

Row = dict[str, Any]


def row(name: str, value: float, unit: str, baseline: float) -> Row:
    """``baseline`` is what it is measured against, or the target; 0.0 = there is none."""
    ratio = round(value / baseline, 3) if baseline else None
    return {"name": name, "value": round(value, 3), "unit": unit, "baseline": round(baseline, 3), "ratio": ratio}


def publish(suite: str, rows: list[Row]) -> None:
    """Print the table and write the file."""
    width = max(len(one["name"]) for one in rows)
    print(f"\n{suite}")
    print(f"  {'':{width}}  {'value':>12}  {'baseline':>12}  {'ratio':>8}  unit")
    for one in rows:
        ratio = "" if one["ratio"] is None else f"{one['ratio']:.2f}"
        print(f"  {one['name']:{width}}  {one['value']:>12,.3f}  {one['baseline']:>12,.3f}  {ratio:>8}  {one['unit']}")
    file = Settings().root / "bench" / f"{suite}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(rows, indent=1) + "\n")
