"""The table of codes through the routes: edited, refused when ambiguous, published with those who may."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kaska.core.codes.rules import FeatureCodes
from kaska.features.codes.public import read_codes
from kaska.features.codes.schemas import CodesFields, codes_of
from support.books import Company, Web


def test_what_nobody_edited_is_the_usual_table() -> None:
    assert codes_of(CodesFields()) == FeatureCodes()


def test_an_action_that_the_table_does_not_know_has_its_usual_code_if_that_is_free() -> None:
    usual = FeatureCodes().codes
    older = FeatureCodes(codes={action: code for action, code in usual.items() if action not in ("camp", "listen")})
    assert older.filled() == (FeatureCodes(codes={**older.codes, "camp": "*37", "listen": "*55"}), ("camp", "listen"))
    taken = replace(older, codes={**older.codes, "pick_up": "*37"})
    assert taken.filled() == (replace(taken, codes={**taken.codes, "listen": "*55"}), ("listen",))
    off = replace(older, codes={**older.codes, "camp": "", "listen": ""})
    assert off.filled() == (off, ()), "what was switched off stays off"


@pytest.mark.database
async def test_the_table_is_edited_and_read_for_publishing(company: Company, web: Web) -> None:
    async with await web.sign_in(company, "administrator", "admin") as admin:
        before = (await admin.get("/api/feature-codes")).json()
        assert before["codes"]["pick_up"] == "*8"
        told = {**before, "codes": {**before["codes"], "pick_up": "*31"}}
        refused = await admin.put("/api/feature-codes", json=told)
        assert refused.status_code == 422
        assert "*31" in refused.text
        told["codes"]["pick_up"] = "#8"
        kept = await admin.put("/api/feature-codes", json=told)
        assert kept.status_code == 200, kept.text
        assert kept.json()["added"] == []
        assert (await admin.put("/api/feature-codes", json=told)).status_code == 409  # began from nothing
        del told["codes"]["camp"]
        older = (await admin.put("/api/feature-codes", json={**told, "revision": kept.json()["revision"]})).json()
        assert (older["added"], older["codes"]["camp"]) == (["camp"], "*37")
    async with await web.sign_in(company, "operator", "a301") as operator:
        assert (await operator.get("/api/feature-codes")).status_code == 403
    async with await web.sign_in(company, "supervisor", "a302"):
        pass
    async with company.transaction() as connection:
        codes = await read_codes(connection, company.tenant, company.play.configuration.agents)
    assert (codes.codes["pick_up"], codes.codes["camp"]) == ("#8", "*37")
    assert (codes.supervisors, codes.switchers) == (("a302",), ("a302",))
    assert len(await company.audit("codes.put")) == 2
