"""Whether lines and telephones answer, asked of the switch from any process of this machine."""

from __future__ import annotations

from kaska.asterisk.places import APP, ari_password
from kaska.kit.config import Settings

SECONDS = 3.0


async def endpoint_states(settings: Settings) -> dict[str, str] | None:
    """endpoint → "online", "offline" or "unknown"; None when the switch does not answer."""
    import httpx  # only people who look ask this: telephones start without it

    port = settings.ari_port or settings.asterisk_http_port
    try:
        async with httpx.AsyncClient(auth=(APP, ari_password(settings)), timeout=SECONDS, trust_env=False) as web:
            answer = await web.get(f"http://127.0.0.1:{port}/ari/endpoints/PJSIP")
            answer.raise_for_status()
            return {str(one["resource"]): str(one["state"]) for one in answer.json()}
    except (httpx.HTTPError, OSError, ValueError, KeyError, TypeError):
        return None
