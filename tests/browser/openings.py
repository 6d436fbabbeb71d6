"""Every window, drawer and menu of the screens: where it is, and how one opens it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from screens.pages import Who


@dataclass(frozen=True, slots=True)
class Opening:
    """``of``: the file that draws it. ``steps`` end with the one that opens it: the test id of what is clicked, a
    place in CSS (``css=…``), a key (``key=…``) or what is typed (``type=test id=text``). ``back``: which of the steps
    has the focus again afterwards; what opened it, unless that is gone by then.
    """

    name: str
    of: str
    path: str
    steps: tuple[str, ...]
    who: Who = "administrator"
    kind: Literal["dialog", "menu", "listbox"] = "dialog"
    back: int = -1


def _menu(
    name: str, of: str, path: str, *steps: str, who: Who = "administrator", kind: Literal["menu", "listbox"] = "menu"
) -> Opening:
    return Opening(name, of, path, steps, who, kind)


OPERATORS = (
    _menu("person", "ui/Shell", "/workplace", "person-menu", who="operator"),
    Opening("keys", "ui/KeysHelp", "/workplace", ("css=header .mantine-ActionIcon-root >> nth=0",), "operator"),
    _menu("break", "features/phone/StateCard", "/workplace", "state-break", who="away"),
    Opening(
        "sound",
        "features/phone/SoundWindow",
        "/workplace",
        ("css=[data-testid=device-choice] label >> nth=0", "sound-choice"),
        "away",
    ),
    Opening("story", "features/debts/Dialogs", "/debts", ("debt-actions", "debt-story"), "operator", back=0),
    Opening("postpone", "features/debts/Dialogs", "/debts", ("debt-actions", "debt-postpone"), "operator", back=0),
    Opening("result", "features/debts/Dialogs", "/debts", ("debt-actions", "debt-result-refused"), "operator", back=0),
    Opening("contact", "features/journal/Journal", "/journal", ("journal-row",), "operator"),
    Opening("card", "features/customers/Customers", "/customers", ("customer-row",), "operator"),
)

SUPERVISORS = (
    _menu("call", "features/floor/RowMenu", "/board", "call-actions", who="supervisor"),
    _menu("agent", "features/floor/AgentMenu", "/board", "agent-actions", who="supervisor"),
    Opening("send", "features/floor/AgentMenu", "/board", ("agent-actions", "send-break"), "supervisor", back=0),
    Opening("skills", "features/floor/Skills", "/board", ("agent-actions", "agent-skills"), "supervisor", back=0),
    _menu("page", "features/floor/PageMenu", "/board", "page-open", who="supervisor"),
    _menu("debt", "features/debts/DebtRows", "/debts", "debt-actions", who="supervisor"),
    Opening("write-off", "features/debts/WriteOff", "/debts", ("debt-actions", "debt-write-off"), "supervisor", back=0),
    _menu("saved", "features/journal/SavedFilters", "/journal", "saved-filters", who="supervisor"),
    Opening(
        "keep",
        "features/journal/SavedFilters",
        "/journal?text=495",
        ("saved-filters", "saved-filter-new"),
        "supervisor",
        back=0,
    ),
)

MANAGERS = (
    Opening("worths", "features/colander/Worths", "/reports/colander", ("worths",)),
    Opening("choices", "features/reports/Choices", "/reports?report=service&period=week", ("report-choices",)),
    _menu("files", "features/reports/Reports", "/reports?report=service&period=week", "report-files"),
    _menu("shift-files", "features/shifts/Shifts", "/reports/shifts", "shift-files"),
    Opening("shift", "features/shifts/Shifts", "/reports/shifts", ("shift-open",)),
    _menu("history", "features/alertsHistory/AlertsHistory", "/reports/alerts", "history-files"),
    Opening("letter", "features/letters/LetterEditor", "/reports/letters", ("letter-new",)),
    Opening("message", "features/voicemail/RuleEditor", "/reports/messages", ("message-rule-new",)),
    Opening("customer", "features/customers/NewCustomer", "/customers", ("customers-new",)),
    Opening("import", "features/customers/ImportCards", "/customers", ("customers-import",)),
    Opening("erase", "features/customers/Law", "/customers", ("customer-row", "person-erase")),
    _menu(
        "step",
        "features/scripts/StepEditor",
        "/knowledge/scripts",
        "script-row",
        "css=[data-testid=step] button",
    ),
)

ADMINISTRATORS = (
    Opening("block", "features/blackList/BlockForm", "/settings/black-list", ("block-new",)),
    _menu(
        "list",
        "features/blackList/BlockForm",
        "/settings/black-list",
        "block-new",
        "css=[role=dialog] input[role=combobox], [role=dialog] .mantine-Select-input",
        kind="listbox",
    ),
    Opening("key", "features/integrations/KeyForm", "/settings/keys", ("key-new",)),
    Opening("revoke", "features/integrations/Sure", "/settings/keys", ("key-revoke",)),
    Opening("hook", "features/integrations/HookForm", "/settings/webhooks", ("hook-new",)),
    Opening("rule", "features/alerts/RuleEditor", "/settings/alerts", ("rule-new",)),
    Opening("scenario", "features/scenarios/Scenarios", "/settings/scenarios", ("scenario-new",)),
    Opening("publish", "features/scenarios/PublishDialog", "/settings/scenarios/main", ("publish",)),
    _menu(
        "version",
        "features/scenarios/VersionsPanel",
        "/settings/scenarios/main",
        "css=.k-editor-side label >> nth=-1",
        "css=[data-testid=version] button",
    ),
    Opening(
        "roll-back",
        "features/scenarios/VersionsPanel",
        "/settings/scenarios/main",
        ("css=.k-editor-side label >> nth=-1", "css=[data-testid=version] button", "css=[role=menuitem] >> nth=-1"),
        back=1,
    ),
    Opening("prompt", "features/scenarios/PromptMaker", "/settings/prompts", ("prompt-new",)),
    Opening(
        "remove", "features/settings/EntityForm", "/settings/queues?open=sales", ("css=button:has(.tabler-icon-trash)",)
    ),
    Opening("skill", "features/settings/SkillName", "/settings/skills", ("skill-new",)),
    Opening("return", "features/settings/Publish", "/settings/publish", ("return",)),
    Opening("telephone", "features/settings/PhoneSetUp", "/settings/people?open=demo-301", ("person-phone",)),
    Opening(
        "password",
        "features/people/OneTimePassword",
        "/settings/people?open=demo-305",
        ("css=button:has(.tabler-icon-key)",),
    ),
    Opening(
        "once",
        "features/integrations/ShownOnce",
        "/settings/keys",
        ("key-new", "type=key-name=CRM", "css=[role=dialog] input[type=checkbox] >> nth=0", "key-make"),
        back=0,
    ),
)

OPENINGS = (*OPERATORS, *SUPERVISORS, *MANAGERS, *ADMINISTRATORS)
