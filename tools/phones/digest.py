"""HTTP digest as SIP uses it (RFC 2617, RFC 8760): MD5 and SHA-256, with and without qop."""

from __future__ import annotations

import hashlib
import re
import secrets

_PAIR = re.compile(r'(\w+)\s*=\s*("(?:[^"\\]|\\.)*"|[^,\s]+)')
ALGORITHMS = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}


def read_challenge(header: str) -> dict[str, str]:
    """``Digest realm="x", nonce="y"`` → its fields; {} when it is not a digest challenge that we can answer."""
    scheme, _, rest = header.partition(" ")
    if scheme.lower() != "digest":
        return {}
    fields = {name.lower(): value.strip('"') for name, value in _PAIR.findall(rest)}
    return fields if fields.get("algorithm", "MD5").upper() in ALGORITHMS else {}


def authorization(challenge: dict[str, str], user: str, password: str, method: str, uri: str) -> str:
    """The value of (Proxy-)Authorization that answers ``challenge``."""
    name = challenge.get("algorithm", "MD5").upper()

    def digest(text: str) -> str:
        return ALGORITHMS[name](text.encode()).hexdigest()

    realm, nonce = challenge.get("realm", ""), challenge.get("nonce", "")
    ha1, ha2 = digest(f"{user}:{realm}:{password}"), digest(f"{method}:{uri}")
    fields = {"username": user, "realm": realm, "nonce": nonce, "uri": uri}
    plain = {"algorithm": challenge.get("algorithm", "MD5")}
    if "auth" in [word.strip() for word in challenge.get("qop", "").split(",")]:
        cnonce, count = secrets.token_hex(8), "00000001"
        fields |= {"cnonce": cnonce, "response": digest(f"{ha1}:{nonce}:{count}:{cnonce}:auth:{ha2}")}
        plain |= {"qop": "auth", "nc": count}
    else:
        fields["response"] = digest(f"{ha1}:{nonce}:{ha2}")
    if "opaque" in challenge:
        fields["opaque"] = challenge["opaque"]
    quoted = [f'{k}="{v}"' for k, v in fields.items()]
    return "Digest " + ", ".join([*quoted, *(f"{k}={v}" for k, v in plain.items())])
