"""Passwords: argon2id, never kept in clear, one-time ones for new people."""

from __future__ import annotations

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST_LENGTH = 10
MOST_LENGTH = 200

# Letters and digits that are not mistaken for one another when read from paper.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
# 46 MiB and one pass, as the OWASP Password Storage Cheat Sheet advises for argon2id.
_hasher = PasswordHasher(time_cost=1, memory_cost=47104, parallelism=1)
# Each computation takes that memory and a core for a moment: a flood of sign-ins must not take the machine from calls.
_workers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="passwords")
_NOBODY = _hasher.hash(secrets.token_urlsafe(32))


def one_time_password() -> str:
    """About 79 bits, in four groups, easy to dictate."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(4))


async def hashed(password: str) -> str:
    return await asyncio.get_running_loop().run_in_executor(_workers, _hasher.hash, password)


async def matches(password: str, stored: str | None) -> bool:
    """Takes the same time when there is nobody to compare with (``stored`` None)."""
    loop = asyncio.get_running_loop()
    right = await loop.run_in_executor(_workers, _verify, stored or _NOBODY, password)
    return right and stored is not None


def _verify(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
