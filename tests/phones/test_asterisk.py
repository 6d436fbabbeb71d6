"""The virtual phones against a real Asterisk."""

from __future__ import annotations

import pytest
from tests.phones.conftest import TinyAsterisk

from phones import CallError, Phone, RegistrationError

pytestmark = pytest.mark.telephony
PASSWORD = "one-two-three"


async def test_through_the_switch(switch: TinyAsterisk) -> None:
    """Register, be called from the trunk, tones both ways, keys, hold, hang up, cancel, echo, early media."""
    async with Phone(local_ip="127.0.0.2", tone=440) as customer, Phone(tone=650) as agent:
        with pytest.raises(RegistrationError, match="401"):
            await agent.register("201", "wrong", switch.address)
        await agent.register("201", PASSWORD, switch.address)

        call = await customer.dial(f"sip:201@{switch.address}", caller="+74950000777", name="Анна")
        called = await agent.incoming()
        assert called.caller == "+74950000777"
        assert called.caller_name == "Анна"
        await call.ringing()
        await called.answer()
        await call.answered()
        await call.hears(650)
        await called.hears(440)
        await call.press("159#")
        await called.receives_digits("159#")
        await called.hold()
        await call.hears_no(650)
        await called.resume()
        await call.hears(650)
        await called.hears(440)
        await called.hang_up()
        assert (await call.ended()).q850 == 16

        call = await customer.dial(f"sip:201@{switch.address}", caller="+74950000777")
        called = await agent.incoming()
        await call.hang_up()
        assert (await called.ended()).by == "them"

        call = await customer.dial(f"sip:201@{switch.address}", caller="+74950000777")
        (await agent.incoming()).reject(486)
        with pytest.raises(CallError) as refused:
            await call.answered()
        assert refused.value.cause.status == 486

        outgoing = await agent.dial(f"sip:echo@{switch.address}")
        await outgoing.answered()
        await outgoing.hears(650)
        await outgoing.hang_up()

        early = await customer.dial(f"sip:early@{switch.address}")
        await early.hears(533)
        assert early.state == "calling"
        await early.hang_up()

        await agent.unregister()
        call = await customer.dial(f"sip:201@{switch.address}")
        with pytest.raises(CallError):
            await call.answered()
