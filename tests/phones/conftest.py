"""A tiny Asterisk (echo, a tone before the answer, a registrar) to try the virtual phones against a real peer."""

from __future__ import annotations

import asyncio
import os
import platform
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

MODULES = """
res_timing_timerfd res_sorcery_config res_sorcery_memory res_sorcery_astdb res_pjproject res_pjsip res_pjsip_pubsub
res_pjsip_session res_pjsip_sdp_rtp res_pjsip_caller_id res_pjsip_registrar res_pjsip_authenticator_digest
res_pjsip_outbound_authenticator_digest res_pjsip_endpoint_identifier_user res_pjsip_endpoint_identifier_ip
res_pjsip_rfc3326 res_rtp_asterisk chan_pjsip codec_ulaw codec_alaw bridge_simple bridge_softmix format_pcm format_wav
pbx_config app_dial app_echo app_playtones
"""

PJSIP = """[global]
endpoint_identifier_order=ip,username
[udp]
type=transport
protocol=udp
bind=127.0.0.1:{port}
[201]
type=endpoint
context=tests
disallow=all
allow=alaw,ulaw
auth=201
aors=201
rtp_symmetric=yes
direct_media=no
[201]
type=auth
auth_type=digest
username=201
password=one-two-three
[201]
type=aor
max_contacts=1
[trunk]
type=endpoint
context=tests
disallow=all
allow=alaw,ulaw
direct_media=no
send_rpid=yes
[trunk]
type=identify
endpoint=trunk
match=127.0.0.2
"""

EXTENSIONS = """[tests]
exten => echo,1,Answer()
 same => n,Echo()
exten => early,1,Progress()
 same => n,PlayTones(533)
 same => n,Wait(20)
exten => _2XX,1,Dial(PJSIP/${EXTEN},20)
"""


@dataclass(frozen=True)
class TinyAsterisk:
    """``address`` is "host:port" of its SIP."""

    address: str


def _tree() -> Path | None:
    own = Path(os.environ.get("KASKA_STATE", ".state")) / "asterisk"
    found = (tree for tree in (own, Path(".state/asterisk")) if (tree / "usr/sbin/asterisk").exists())
    return next((tree.resolve() for tree in found), None)


def _write(base: Path, tree: Path, port: int) -> None:
    for folder in ("etc", "var", "run", "log", "spool", "db"):
        (base / folder).mkdir(parents=True)
    triplet = f"{platform.machine()}-linux-gnu"
    places = {
        "astetcdir": base / "etc",
        "astmoddir": tree / "usr/lib" / triplet / "asterisk/modules",
        "astvarlibdir": base / "var",
        "astdbdir": base / "db",
        "astdatadir": tree / "usr/share/asterisk",
        "astspooldir": base / "spool",
        "astrundir": base / "run",
        "astlogdir": base / "log",
    }
    rows = "".join(f"{name} => {path}\n" for name, path in places.items())
    etc = base / "etc"
    (etc / "asterisk.conf").write_text(f"[directories](!)\n[directories]\n{rows}[options]\nhideconnect=yes\n")
    (etc / "modules.conf").write_text("[modules]\nautoload=no\n" + "".join(f"load={m}.so\n" for m in MODULES.split()))
    (etc / "pjsip.conf").write_text(PJSIP.format(port=port))
    (etc / "extensions.conf").write_text(EXTENSIONS)
    (etc / "logger.conf").write_text("[logfiles]\nfull => notice,warning,error\n")
    first = 22400
    (etc / "rtp.conf").write_text(f"[general]\nrtpstart={first}\nrtpend={first + 199}\n")


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


async def _answers(port: int) -> bool:
    """An OPTIONS gets any answer."""
    loop = asyncio.get_running_loop()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.setblocking(False)
        sock.bind(("127.0.0.2", 0))
        here = f"127.0.0.2:{sock.getsockname()[1]}"
        await loop.sock_sendto(
            sock,
            (
                f"OPTIONS sip:x@127.0.0.1:{port} SIP/2.0\r\nVia: SIP/2.0/UDP {here};branch=z9hG4bK{os.getpid()}\r\n"
                f"From: <sip:t@{here}>;tag=1\r\nTo: <sip:x@127.0.0.1>\r\nCall-ID: {here}\r\nCSeq: 1 OPTIONS\r\n\r\n"
            ).encode(),
            ("127.0.0.1", port),
        )
        try:
            async with asyncio.timeout(0.3):
                await loop.sock_recv(sock, 4096)
        except (TimeoutError, OSError):
            return False
        return True


@pytest.fixture
async def switch(tmp_path: Path) -> AsyncIterator[TinyAsterisk]:
    tree = _tree()
    if tree is None:
        pytest.fail("no Asterisk tree under .state: `make setup` makes one")
    port = free_port()
    _write(tmp_path / "asterisk", tree, port)
    triplet = f"{platform.machine()}-linux-gnu"
    loader = next(tree.glob("usr/lib64/ld-linux-*.so.2"), None) or next(tree.glob("usr/lib/ld-linux-*.so.1"))
    libraries = f"{tree}/usr/lib/{triplet}:{tree}/lib/{triplet}"
    program = [str(loader), "--library-path", libraries, str(tree / "usr/sbin/asterisk")]
    process = await asyncio.create_subprocess_exec(
        *program, "-C", str(tmp_path / "asterisk/etc/asterisk.conf"), "-f", "-n", stdout=asyncio.subprocess.DEVNULL
    )
    try:
        for _ in range(50):
            if await _answers(port):
                break
        else:
            raise AssertionError((tmp_path / "asterisk/log/full").read_text())
        yield TinyAsterisk(f"127.0.0.1:{port}")
    finally:
        process.kill()
        await process.wait()
