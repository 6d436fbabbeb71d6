"""One installation for all tests of whole calls; each test has its own callers and leaves no agent ready."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from tests.e2e.centre import Centre, describe, open_centre
from tests.plugins.installation import Installation


@pytest.fixture(scope="session")
def city_port(kaska: Installation) -> int:
    """Where the city's telephones are called back."""
    asyncio.run(describe(kaska))
    return kaska.city_port


@pytest.fixture
async def centre(kaska: Installation, city_port: int) -> AsyncIterator[Centre]:
    async with open_centre(kaska, city_port) as centre:
        yield centre
