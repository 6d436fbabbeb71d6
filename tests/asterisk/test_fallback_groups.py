"""Two companies on one switch, and nobody there to decide: each trunk rings its own company's telephones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.asterisk.conftest import PASSWORDS, Rig, Switch, agent, configuration

from kaska.asterisk import provisioning
from kaska.asterisk.people import fallback_groups
from kaska.core.configuration import AgentProfile, Configuration, Device, Trunk
from phones.phone import Phone

OURS = configuration(agent("101", "phone"))
THEIRS = Configuration(
    tenant="other",
    version=1,
    default_scenario="",
    agents={
        "agent-201": AgentProfile("agent-201", "Б", "201", devices=(Device("201-phone", "phone", "other-201"),)),
    },
    trunks={"second-line": Trunk("second-line", "trunk-second-line", ("127.0.0.3",))},
)
SECRETS = {"demo-101": PASSWORDS["demo-101"], "other-201": "pass-201"}


def test_groups_are_by_trunk() -> None:
    assert fallback_groups(OURS, SECRETS) == {"FALLBACK_GROUP_trunk-main": "PJSIP/demo-101"}
    assert fallback_groups(THEIRS, {}) == {"FALLBACK_GROUP_trunk-second-line": ""}
    strange = replace(OURS, trunks={"x": Trunk("x", "trunk-x}${SHELL(id)}", ())})
    assert fallback_groups(strange, SECRETS) == {}


@pytest.mark.telephony
@pytest.mark.parametrize("restarted", [False, True], ids=["told", "read"])
async def test_each_trunk_rings_its_own_people(asterisk: Switch, restarted: bool) -> None:
    async with Rig(asterisk.settings, configuration=OURS, passwords=SECRETS) as rig:
        await provisioning.push(rig.connection, THEIRS, SECRETS)
        await provisioning.push(rig.connection, OURS, SECRETS)
    if restarted:
        await asterisk.kill()
        await asterisk.start()
    async with Phone(local_ip="127.0.0.1", tone=650) as ours, Phone(local_ip="127.0.0.1", tone=850) as theirs:
        await ours.register("demo-101", SECRETS["demo-101"], asterisk.sip)
        await theirs.register("other-201", SECRETS["other-201"], asterisk.sip)
        for address, desk, tone in (("127.0.0.2", ours, 650), ("127.0.0.3", theirs, 850)):
            async with Phone(local_ip=address, tone=440) as customer:
                call = await customer.dial(f"sip:100@{asterisk.sip}", caller="+79000000001")
                offer = await desk.incoming(10)
                await offer.answer()
                await call.hears(tone)
                await call.hang_up()
                await offer.ended(5)
