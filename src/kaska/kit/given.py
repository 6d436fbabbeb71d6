"""Kinds of input that many features take."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class Given(BaseModel):
    """Input: unknown fields are refused, so that a misspelt one is noticed."""

    model_config = ConfigDict(extra="forbid")


class Revised(Given):
    """``revision``: of the row that the editor began from; "" = there was none; null = whatever is there."""

    revision: Annotated[str, StringConstraints(max_length=40)] | None = None


NO_CONTROLS = r"^[^\x00-\x1f\x7f]*$"

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
"""a short name chosen by a person; goes into names in the switch"""
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=NO_CONTROLS)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100, pattern=NO_CONTROLS)]
"""what people call something that has a key too; "" = they call it by the key"""
Product = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=NO_CONTROLS)]
"""what is sold, by the words that people call it; nothing but these words joins it to anything"""
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=NO_CONTROLS)]
Email = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[^\s@<>,;\x00-\x1f]{1,64}@[A-Za-z0-9.-]{1,190}$")
]
PhoneNumber = Annotated[str, StringConstraints(pattern=r"^\+?[0-9]{1,20}$")]
Seconds = Annotated[float, Field(ge=0, le=86_400, allow_inf_nan=False)]
Skills = Annotated[dict[Id, Annotated[int, Field(ge=1, le=5)]], Field(max_length=50)]
