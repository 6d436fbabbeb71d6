"""What the cards' routes take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, field_validator

from kaska.features.calls.public import ContactChoice, plain
from kaska.features.debts.public import Debt
from kaska.kit.given import NO_CONTROLS, Given, Id, Line, Title

CardKind = Literal["person", "company"]
IdentityKind = Literal["phone", "email", "telegram", "whatsapp", "vk", "max", "xmpp"]
FieldKind = Literal["text", "number", "date", "yes_no", "choice"]
CardId = Annotated[str, Field(max_length=200), AfterValidator(plain)]
Language = Annotated[str, StringConstraints(pattern=r"^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$", max_length=35)]
Tag = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=NO_CONTROLS)]
Tags = Annotated[list[Tag], Field(max_length=50)]
LongText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=8000), AfterValidator(plain)
]
Value = bool | str | float | None
Custom = Annotated[
    dict[Id, Annotated[dict[Id, Value], Field(max_length=100)]],
    Field(max_length=50, description="project → field → value; null takes the value off"),
]


class GivenIdentity(Given):
    kind: IdentityKind
    value: Annotated[str, Field(min_length=1, max_length=254), AfterValidator(plain)] = Field(
        description="a number or an address in any writing"
    )


class CardIdentity(BaseModel):
    kind: str
    value: str = Field(description="E.164 for a phone, lower case for an e-mail")


class CardFields(Given):
    """What a person writes on a card; only what is given is changed."""

    name: Line = ""
    company: CardId = Field(default="", description="the card of the company that a person belongs to")
    position: Line = ""
    language: Language = ""
    vip: bool = False
    tags: Tags = Field(default_factory=list)
    custom: Custom = Field(default_factory=dict)
    agent: CardId = Field(default="", description="who is responsible")

    @field_validator("tags")
    @classmethod
    def _each_once(cls, given: list[str]) -> list[str]:
        return list(dict.fromkeys(given))


class NewCard(CardFields):
    kind: CardKind = "person"
    identities: list[GivenIdentity] = Field(default_factory=list, max_length=50)


class CustomerSummary(BaseModel):
    """A card as a line of the list."""

    id: str
    kind: str = Field(description='"person" or "company"')
    name: str
    company: str
    company_name: str
    position: str
    language: str
    vip: bool
    tags: list[str]
    agent: str
    agent_name: str
    identities: list[CardIdentity]
    contacts: int = Field(description="how many there were, in both directions")
    last_contact_at: datetime | None
    changed_at: datetime


class CustomerQuery(Given):
    text: str = Field(
        default="",
        max_length=200,
        description="name, company, tag, e-mail or a number, whole or in part, in any writing; mistakes are forgiven",
    )
    cursor: str = Field(default="", max_length=1000, description="next_cursor of the page before")
    limit: int = Field(default=50, ge=1, le=200)


class CustomerPage(BaseModel):
    items: list[CustomerSummary]
    next_cursor: str | None = Field(description="null on the last page")
    corrected: bool = Field(description="nothing was written like that: these are written nearly so")


class WhoQuery(ContactChoice):
    """Whose contacts, in the words of the journal."""

    limit: int = Field(default=200, ge=1, le=1000)


class Whose(BaseModel):
    """A card and how many of the chosen contacts are this person's."""

    id: str
    name: str
    number: str = Field(description="by which he called or was called last, E.164")
    vip: bool
    contacts: int
    last_contact: str
    last_at: datetime


class WhoPage(BaseModel):
    items: list[Whose] = Field(description="who came last is first")
    customers: int = Field(description="how many there are altogether")
    nameless: int = Field(description="chosen contacts whose number belongs to no card, or was withheld")


class Note(BaseModel):
    id: str
    text: str
    by: str
    by_name: str
    at: datetime


class NewNote(Given):
    text: LongText


class Consent(BaseModel):
    id: str
    what: str
    given: bool = Field(description="false: it was withdrawn")
    how: str
    by: str
    by_name: str
    at: datetime


class NewConsent(Given):
    what: Id = Field(description='what for: "personal_data", "recording", "marketing" or a word of your own')
    given: bool
    how: Annotated[Title, AfterValidator(plain)] = Field(description="by voice in which contact, on paper, on the site")


class Merge(BaseModel):
    """A card that this one took in."""

    id: str
    gone: str
    by: str
    by_name: str
    at: datetime
    undone_at: datetime | None


class CustomerCard(CustomerSummary):
    custom: dict[str, dict[str, Any]]
    created_at: datetime
    merged_into: str = Field(description='the card that took this one\'s place, "" while it stands')
    notes: list[Note] = Field(description="newest first")
    consents: list[Consent] = Field(description="newest first; the newest of each kind is in force")
    people: list[CustomerSummary] = Field(description="a company's people")
    merges: list[Merge] = Field(description="newest first")
    first_contact_at: datetime | None
    debts: list[Debt] = Field(description="what this customer is owed, by deadline")


class Caller(BaseModel):
    """Who is on the line, before the answer."""

    number: str = Field(description='E.164, "" when it is none')
    customer: CustomerSummary | None = Field(description="null when nobody knows the number yet")
    repeat: bool = Field(description="there were contacts before this one")
    contacts: int = Field(description="before this one")
    last_contact_at: datetime | None
    last_note: Note | None
    debts: list[Debt]


class CallerQuery(Given):
    number: str = Field(min_length=1, max_length=60, description="in any writing")
    contact: str = Field(default="", max_length=200, description="the contact in hand, which is not counted")


class CustomField(Given):
    id: Id
    title: Title
    title_en: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100, pattern=NO_CONTROLS)] = Field(
        default="", description='"" = the same in English'
    )
    kind: FieldKind
    choices: list[Tag] = Field(default_factory=list, max_length=200, description='for "choice"')
    required: bool = Field(default=False, description="the project's values are kept only together with this one")
    unrecorded: bool = Field(default=False, description="nothing of a talk is recorded while it is filled in")
    archived: bool = Field(default=False, description="shown and asked for no more; cards keep what they have")

    def called(self, language: str) -> str:
        return (self.title_en if language == "en" else "") or self.title


class CustomFields(Given):
    """``revision``: of the fields that the editor began from; null = whatever is there."""

    fields: list[CustomField] = Field(max_length=100, description="in the order in which to show them")
    revision: Annotated[str, StringConstraints(max_length=40)] | None = None


class ProjectFields(BaseModel):
    """A project's fields as their editor sees them, archived ones too."""

    fields: list[CustomField]
    filled: list[str] = Field(description="those that some card has a value of: they can be archived, not deleted")
    revision: str


class MergeWish(Given):
    gone: CardId = Field(min_length=1, description="the card that is taken into this one")


class MergeDone(BaseModel):
    id: str


class GivenTable(Given):
    """A part of a CSV file with its header line, as text. Longer files are sent in parts."""

    content: str = Field(max_length=900_000)


class TableText(BaseModel):
    content: str = Field(description="the first sheet as CSV, for the import")


class ImportPreview(BaseModel):
    separator: str
    header: list[str]
    columns: list[str] = Field(
        description='what each column was taken for: a word of IMPORTED or PROJECT.FIELD, "" = left out'
    )
    rows: list[list[str]] = Field(description="the first lines")
    lines: int


class ImportWish(GivenTable):
    columns: list[str] = Field(
        max_length=100, description='what each column is: a word of IMPORTED or PROJECT.FIELD, "" = left out'
    )


class ImportReport(BaseModel):
    """``rejected_csv``: the lines that were not taken, as they were, with the reason in a last column."""

    made: int
    changed: int
    unchanged: int
    rejected: int
    rejected_csv: str


class ErasureDone(BaseModel):
    cards: int
    contacts: int
    files: int = Field(description="recordings and messages deleted")
