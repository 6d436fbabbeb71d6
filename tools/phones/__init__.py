"""Virtual SIP phones for the test-suite and the demo: asyncio, standard library only.

Why our own: no maintained SIP user agent in Python has a licence that this project can ship with (pyVoIP is GPL;
the bindings of PJSUA need a compiled library and threads), and tests need what none of them gives: phones that
each say their own tone, measure who hears whom, lose packets on purpose and vanish without a BYE.

    async with Phone(local_ip="127.0.0.2", tone=440) as phone:
        call = await phone.dial("sip:+74950000001@127.0.0.1:5060", caller="+74950000777", name="Анна")
        await call.answered(timeout=5)
        await call.press("1")
        await call.hears(650)
        await call.hang_up()
"""

from __future__ import annotations

from phones.call import Call
from phones.cause import CallError, EndCause
from phones.ear import NotHeardError
from phones.phone import Phone, RegistrationError
from phones.sound import Sound, from_wav, silence, tone
from phones.tones import Level, levels

__all__ = [
    "Call",
    "CallError",
    "EndCause",
    "Level",
    "NotHeardError",
    "Phone",
    "RegistrationError",
    "Sound",
    "from_wav",
    "levels",
    "silence",
    "tone",
]
