"""What a real Asterisk with a queue of its own writes, as ``kaska audit`` reads it: queue_log, CDR and CEL."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.asterisk.conftest import PASSWORDS, Switch, agent, configuration, free_port, write_prompt
from tests.audit.asking import figures, left_out

from kaska.asterisk.people import as_config, objects
from kaska.asterisk.places import Places, write_private
from kaska.kit.config import Settings
from phones.phone import Phone

UTC = ZoneInfo("UTC")
_DIALPLAN = """
[from-trunk]
exten => 600,1,Answer()
 same => n,Queue(sales,t)
 same => n,Hangup()
exten => 700,1,Answer()
 same => n,Playback({prompts}/closed)
 same => n,Hangup()
[from-agents]
exten => _8X.,1,Dial(PJSIP/${{EXTEN}}@trunk-main,20)
"""
_QUEUES = """
[sales]
strategy = linear
timeout = 1
retry = 1
timeoutpriority = conf
member => PJSIP/demo-101,0,Орлова
"""
_CEL_COLUMNS = (
    "${eventtype} ${eventtime} ${CALLERID(name)} ${CALLERID(num)} ${CALLERID(ANI)} ${CALLERID(RDNIS)} ${CALLERID(DNID)}"
    " ${CHANNEL(exten)} ${CHANNEL(context)} ${CHANNEL(channame)} ${CHANNEL(appname)} ${CHANNEL(appdata)}"
    " ${CHANNEL(amaflags)} ${CHANNEL(accountcode)} ${CHANNEL(uniqueid)} ${CHANNEL(linkedid)} ${BRIDGEPEER}"
    " ${CHANNEL(userfield)} ${userdeftype} ${eventextra}"
)
"""as in the sample that Asterisk is delivered with"""
_CEL = "[mappings]\nMaster.csv => " + ",".join(f"${{CSV_QUOTE({one})}}" for one in _CEL_COLUMNS.split()) + "\n"
_FILES = {
    "logger.conf": "[general]\nqueue_log = yes\n[logfiles]\nmessages.log => notice,warning,error\n",
    "cdr.conf": "[general]\nenable = yes\nunanswered = no\n[csv]\nusegmtime = yes\nloguniqueid = yes\n",
    "cdr_custom.conf": "[mappings]\n",
    "cel.conf": "[general]\nenable = yes\napps = dial,park\nevents = ALL\n",
    "cel_custom.conf": _CEL,
    "queues.conf": "[general]\nautofill = yes\n" + _QUEUES,
}


@pytest.fixture
async def company(asterisk: Switch, city_port: int) -> Switch:
    """Asterisk as a company has it without us: its own queue, and the files its own modules write."""
    await asterisk.kill()
    settings = asterisk.settings
    etc = Places.of(settings).etc
    write_prompt(settings, "closed", 700, 0.5)
    plan = _DIALPLAN.format(prompts=settings.root / "prompts")
    more = "".join(f"load = {module}.so\n" for module in ("app_queue", "cdr_csv"))
    written = {**_FILES, "extensions.conf": plan, "modules.conf": (etc / "modules.conf").read_text() + more}
    people = objects(
        configuration(replace(agent("101", "phone"), name="101"), contact_uri=f"sip:127.0.0.2:{city_port}"), PASSWORDS
    )
    for name, text in {**written, "people/company.conf": as_config(people.items())}.items():
        write_private(etc / name, text)
    (Places.of(settings).log / "cdr-csv").mkdir()
    await asterisk.start()
    return asterisk


@pytest.fixture
def city_port() -> int:
    return free_port()


async def _five_calls(sip: str, city_port: int) -> None:
    """Answered at the second ring; given up while waiting; the same person served; an announcement; we called."""
    async with (
        Phone(local_ip="127.0.0.2", tone=440, port=city_port) as customer,
        Phone(local_ip="127.0.0.1", tone=650) as desk,
    ):
        await desk.register("demo-101", PASSWORDS["demo-101"], sip)
        call = await customer.dial(f"sip:600@{sip}", caller="+79000000001")
        await (await desk.incoming(10)).ended(10)
        offer = await desk.incoming(10)
        await offer.answer()
        await call.hears(650)
        await call.hang_up()
        await offer.ended(5)
        call = await customer.dial(f"sip:600@{sip}", caller="+79000000002")
        offer = await desk.incoming(10)
        await call.hang_up()
        await offer.ended(5)
        call = await customer.dial(f"sip:600@{sip}", caller="+79000000002")
        offer = await desk.incoming(10)
        await offer.answer()
        await call.hears(650)
        await offer.hang_up()
        await call.ended(5)
        call = await customer.dial(f"sip:700@{sip}", caller="+79000000003")
        await call.ended(5)
        call = await desk.dial(f"sip:89000000004@{sip}", caller="demo-101")
        offer = await customer.incoming(10)
        await offer.answer()
        await call.hears(440)
        await call.hang_up()
        await offer.ended(5)


async def _files(settings: Settings) -> dict[str, Path]:
    """The three files, as soon as the last call is in them."""
    log = Places.of(settings).log
    files = {"queue_log": log / "queue_log", "cdr": log / "cdr-csv/Master.csv", "cel": log / "cel-custom/Master.csv"}
    async with asyncio.timeout(10):
        while True:
            if all(file.exists() for file in files.values()):
                told, events = files["cdr"].read_text(), files["cel"].read_text()
                if "89000000004" in told and events.count("LINKEDID_END") == 5:
                    return files
            await asyncio.sleep(0.05)


@pytest.mark.telephony
async def test_three_accounts_of_the_same_calls(company: Switch, city_port: int) -> None:
    await _five_calls(company.sip, city_port)
    found = {name: figures(file, zone=UTC, now=time.time()) for name, file in (await _files(company.settings)).items()}
    for name, told in found.items():
        counted = told["offered"], told["answered"], told["abandoned"], told["short_abandoned"], told["missed"]
        assert counted == (3, 2, 1, 1, 0), name
        assert sum(told["ring_no_answer_by_agent"].values()) == 1, name
        # whoever calls again in the same second: before or after, a log of seconds cannot tell
        callers = told["lost_callers"]
        assert (callers["total"], callers["same_day"] + callers["unknown"]) == (1, 1), name
        apart = (None, None) if name == "queue_log" else (1, 1)
        assert (told["announcement_only"], told["outbound"]) == apart, name
    assert (found["queue_log"]["rows"], left_out(found["queue_log"])) == (11, {"agent or system event, not a call": 1})
    assert left_out(found["cdr"]) == left_out(found["cel"]) == {}
    assert found["queue_log"]["ring_no_answer_by_agent"] == {"Орлова": 1}
    assert found["cel"]["ring_no_answer_by_agent"] == {"demo-101": 1}
    assert found["cel"]["asa_s"] > 0.9, "the first of two was rung twice for a second each"
    assert found["queue_log"]["asa_s"] > 0.4
    assert found["cdr"]["asa_s"] is None, "a queue that picks up at once hides the wait"
    together = figures(*(await _files(company.settings)).values(), zone=UTC, now=time.time())
    assert (together["offered"], together["announcement_only"], together["outbound"]) == (3, 1, 1)
