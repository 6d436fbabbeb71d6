from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.plugins.web import Site

from kaska.kit.page import LARGEST_BODY
from kaska.web import PartHealth

pytestmark = pytest.mark.database


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "dist" / "assets").mkdir(parents=True)
    (tmp_path / "dist" / "index.html").write_text("<!doctype html><title>Kaska</title>")
    (tmp_path / "dist" / "assets" / "a-1.js").write_text("let a = 1;" * 500)
    (tmp_path / "secret.txt").write_text("secret")
    return tmp_path / "dist"


async def test_serves_the_page_for_every_place_inside_it(make_site: Callable[..., Site], page: Path) -> None:
    browser = make_site(page=page).browser()
    for path in ("/", "/debts", "/journal/kaska-1.2?x=1".replace(".2", "2")):
        answer = await browser.get(path)
        assert answer.status_code == 200, path
        assert "<title>Kaska" in answer.text
        assert answer.headers["cache-control"] == "no-cache"
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"


async def test_assets_are_compressed_and_kept(make_site: Callable[..., Site], page: Path) -> None:
    answer = await make_site(page=page).browser().get("/assets/a-1.js", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("path", ["/api/nothing", "/assets/gone.js", "/../secret.txt", "/%2e%2e/secret.txt"])
async def test_what_is_not_there_is_not_there(make_site: Callable[..., Site], page: Path, path: str) -> None:
    answer = await make_site(page=page).browser().get(path)
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


async def test_without_a_build_says_how_to_make_one(make_site: Callable[..., Site], tmp_path: Path) -> None:
    browser = make_site(page=tmp_path / "none").browser()
    answer = await browser.get("/")
    assert answer.status_code == 503
    assert "make web" in answer.text
    assert (await browser.get("/api/nothing")).status_code == 404


async def test_health_tells_the_truth(make_site: Callable[..., Site]) -> None:
    parts = {"database": PartHealth(True), "switch": PartHealth(True, "0 calls", needed=False)}

    async def health() -> dict[str, PartHealth]:
        return parts

    browser = make_site(health=health).browser()
    assert (await browser.get("/health")).status_code == 200
    parts["switch"] = PartHealth(False, "away", needed=False)
    assert (await browser.get("/health")).json()["parts"]["switch"] == {"ok": False, "detail": "away"}
    parts["database"] = PartHealth(False, "refused")
    answer = await browser.get("/health")
    assert (answer.status_code, answer.json()["ok"]) == (503, False)


async def test_metrics_stay_on_this_machine(site: Site) -> None:
    browser = site.browser()
    assert "python_info" in (await browser.get("/metrics")).text
    assert (await browser.get("/metrics", headers={"x-forwarded-for": "10.1.1.1"})).status_code == 404


async def test_large_bodies_are_refused(site: Site) -> None:
    browser = site.browser()
    body = b"x" * (LARGEST_BODY + 1)

    async def in_parts():  # type: ignore[no-untyped-def]
        for start in range(0, len(body), 65536):
            yield body[start : start + 65536]

    for content in (body, in_parts()):
        answer = await browser.post("/api/session", content=content, headers={"content-type": "application/json"})
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
