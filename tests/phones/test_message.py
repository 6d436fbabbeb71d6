"""SIP text: what is written can be read, and what is odd is read right."""

from __future__ import annotations

import pytest

from phones import sdp
from phones.cause import EndCause
from phones.digest import authorization, read_challenge
from phones.message import Address, Headers, Message, MessageError, Uri, parse, respond

INVITE = (
    b"INVITE sip:+74950000001@127.0.0.1 SIP/2.0\r\n"
    b"v: SIP/2.0/UDP 127.0.0.2:5070;branch=z9hG4bK1;rport, SIP/2.0/UDP 127.0.0.9;branch=z9hG4bK0\r\n"
    b'f: "A \\"q\\", <c>" <sip:a%20b@127.0.0.2>;tag=1\r\n'
    b"t: <sip:+74950000001@127.0.0.1>\r\n"
    b"i: abc\r\nCSeq: 7 INVITE\r\n"
    b"Record-Route: <sip:127.0.0.4;lr>,\r\n <sip:127.0.0.5;lr>\r\n"
    b"m: <sip:a@127.0.0.2:5070>\r\nl: 2\r\n\r\nhi"
)


def test_compact_folded_and_quoted_headers() -> None:
    message = parse(INVITE)
    assert (message.method, message.cseq, message.branch, message.body) == ("INVITE", (7, "INVITE"), "z9hG4bK1", b"hi")
    sender = Address.parse(message.headers["From"])
    assert (sender.name, sender.uri, sender.tag) == ('A "q", <c>', "sip:a%20b@127.0.0.2", "1")
    assert Uri.parse(sender.uri).user == "a b"
    assert message.headers.listed("Record-Route") == ["<sip:127.0.0.4;lr>", "<sip:127.0.0.5;lr>"]
    assert message.sent_by == "127.0.0.2:5070"
    assert parse(message.encode()).headers["Call-ID"] == "abc"


def test_an_answer_keeps_the_way_back() -> None:
    answer = parse(respond(parse(INVITE), 180, "Ringing", "t2").encode())
    assert answer.status == 180
    assert len(answer.headers.listed("Via")) == 2
    assert Address.parse(answer.headers["To"]).tag == "t2"


@pytest.mark.parametrize(
    "packet", [b"x", b"INVITE a\r\n\r\n", b"SIP/2.0 200 OK\r\nnocolon\r\n\r\n", b"BYE a SIP/2.0\r\n\r\n"]
)
def test_what_is_not_sip(packet: bytes) -> None:
    with pytest.raises(MessageError):
        parse(packet)


def test_uri_and_address_round_trip() -> None:
    uri = Uri("127.0.0.1", 'a<b>"', 5060, ";transport=udp")
    assert Uri.parse(str(uri)) == uri
    address = Address("sip:1@127.0.0.1", 'x"\\', {"tag": "5"})
    assert Address.parse(str(address)) == address


def test_digest_of_rfc_2617() -> None:
    header = 'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc"'
    answer = authorization(read_challenge(header), "Mufasa", "Circle Of Life", "GET", "/dir/index.html")
    assert 'response="670fd8c2df070c60b045671b8b24ff02"' in answer
    assert 'opaque="5ccc"' in answer
    assert read_challenge("Basic x") == {}


def test_session_description_round_trip() -> None:
    ours = sdp.Media("127.0.0.1", 4000, (("PCMA", 8), ("PCMU", 0)), 101, "sendonly")
    theirs = sdp.read(sdp.write(ours, 1, 1))
    assert theirs == ours
    assert theirs.muted
    assert sdp.agree(("PCMU",), theirs) == ("PCMU", 0)
    assert sdp.read(b"v=0\r\nm=video 9 RTP/AVP 96\r\n") is None


def test_end_cause_reads_reasons() -> None:
    headers = Headers([("Reason", 'SIP;cause=200;text="Call completed elsewhere"'), ("Reason", "Q.850;cause=26")])
    cause = EndCause.of(Message(headers, method="CANCEL"))
    assert (cause.q850, cause.elsewhere, cause.text) == (26, True, "Call completed elsewhere")
