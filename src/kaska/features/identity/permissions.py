"""What may be done, and which role may do it. Every route of the application declares one of these."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    SUPERVISOR = "supervisor"
    OPERATOR = "operator"


class Permission(StrEnum):
    OWN_SESSION = "own_session"
    """see and end one's session, change one's password"""
    WATCH_FLOOR = "watch_floor"
    """live calls, agents and debts"""
    TAKE_CALLS = "take_calls"
    """one's own workplace: state, phone, the calls one is in"""
    READ_CALLS = "read_calls"
    SHARE_FILTERS = "share_filters"
    """keep filters of the journal for all"""
    CLASSIFY_CALLS = "classify_calls"
    LISTEN_RECORDINGS = "listen_recordings"
    HOLD_RECORDINGS = "hold_recordings"
    """keep recordings from being deleted, and let them go again; the proofs of what was deleted"""
    READ_DEBTS = "read_debts"
    CALL_BACK = "call_back"
    MONITOR_CALLS = "monitor_calls"
    """listen, whisper, barge in, take over; also to see that somebody did"""
    STEER_FLOOR = "steer_floor"
    """move who waits, change agents' states and skills, answer for alerts"""
    PAGE_GROUPS = "page_groups"
    """speak to all free telephones of a group at once"""
    WRITE_OFF_DEBTS = "write_off_debts"
    ASSIGN_DEBTS = "assign_debts"
    """say who owes it, also many at once"""
    READ_CUSTOMERS = "read_customers"
    EDIT_CUSTOMERS = "edit_customers"
    MERGE_CUSTOMERS = "merge_customers"
    """merge cards and undo it, delete what others noted"""
    MOVE_CUSTOMERS = "move_customers"
    """import and export of all cards"""
    ERASE_CUSTOMERS = "erase_customers"
    """a person's legal wishes: everything about me, and the erasure of it"""
    READ_REPORTS = "read_reports"
    READ_COLANDER = "read_colander"
    """where contacts leak and what it costs"""
    AUDIT_LOGS = "audit_logs"
    """audits of other systems' logs"""
    READ_KNOWLEDGE = "read_knowledge"
    """articles and scripts: read them, follow them, say if they helped"""
    EDIT_KNOWLEDGE = "edit_knowledge"
    """topics, scripts, articles, fields of customers' cards: what operators choose from, say, look up and fill in"""
    READ_RECONCILIATION = "read_reconciliation"
    READ_CONFIGURATION = "read_configuration"
    EDIT_ALERTS = "edit_alerts"
    SWITCH_MODE = "switch_mode"
    """day, lunch, night … of a project by hand"""
    BLOCK_CALLERS = "block_callers"
    """keep numbers out by the black list, and let them in again"""
    CONFIGURE = "configure"
    PUBLISH = "publish"
    MANAGE_PEOPLE = "manage_people"
    READ_AUDIT = "read_audit"
    MANAGE_INTEGRATIONS = "manage_integrations"
    """keys for programs and screens; webhooks"""


_OPERATOR = frozenset(
    {
        Permission.OWN_SESSION,
        Permission.WATCH_FLOOR,
        Permission.TAKE_CALLS,
        Permission.READ_CALLS,
        Permission.CLASSIFY_CALLS,
        Permission.LISTEN_RECORDINGS,
        Permission.READ_DEBTS,
        Permission.CALL_BACK,
        Permission.READ_CUSTOMERS,
        Permission.EDIT_CUSTOMERS,
        Permission.READ_KNOWLEDGE,
    }
)
_SUPERVISOR = _OPERATOR | {
    Permission.WRITE_OFF_DEBTS,
    Permission.ASSIGN_DEBTS,
    Permission.MERGE_CUSTOMERS,
    Permission.READ_REPORTS,
    Permission.SHARE_FILTERS,
    Permission.READ_COLANDER,
    Permission.AUDIT_LOGS,
    Permission.EDIT_KNOWLEDGE,
    Permission.READ_RECONCILIATION,
    Permission.READ_CONFIGURATION,
    Permission.SWITCH_MODE,
    Permission.MONITOR_CALLS,
    Permission.STEER_FLOOR,
    Permission.PAGE_GROUPS,
    Permission.EDIT_ALERTS,
    Permission.BLOCK_CALLERS,
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OPERATOR: _OPERATOR,
    Role.SUPERVISOR: _SUPERVISOR,
    Role.ADMINISTRATOR: frozenset(Permission),
}
