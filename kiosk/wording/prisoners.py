"""The words for what happens to prisoners, and for what lists say of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

from kiosk.codes import Category, Condition, PrisonerEventKind, Regime, Status
from kiosk.rules.terms import Medical
from kiosk.text import N_, _
from kiosk.wording.codes import label

_KINDS: Mapping[PrisonerEventKind, str] = {
    PrisonerEventKind.STATUS: N_("where they are"),
    PrisonerEventKind.CATEGORY: N_("category"),
    PrisonerEventKind.REGIME: N_("regime"),
    PrisonerEventKind.CONDITION: N_("conditions"),
    PrisonerEventKind.UNIT: N_("unit"),
    PrisonerEventKind.MEDICAL: N_("medical"),
    PrisonerEventKind.PRISON: N_("prison"),
}
_MEDICAL: Mapping[Medical, str] = {
    Medical.ILL: N_("ill"),
    Medical.PREGNANT: N_("pregnant"),
    Medical.CHILD_UNDER_3: N_("child under 3"),
}
_CODES = {
    PrisonerEventKind.STATUS: Status,
    PrisonerEventKind.CATEGORY: Category,
    PrisonerEventKind.REGIME: Regime,
    PrisonerEventKind.CONDITION: Condition,
}


def kind(of: PrisonerEventKind) -> str:
    return _(_KINDS[of])


def state(of: PrisonerEventKind, value: str) -> str:
    """What an event made of the prisoner: a word for its code, or a unit's own name."""
    if of is PrisonerEventKind.MEDICAL:
        return _(_MEDICAL[Medical(value)])
    return label(_CODES[of](value)) if of in _CODES else value


def value_text(value: object) -> str:
    """What the register holds in one field of a prisoner."""
    if value is None or value == "":
        return "-"
    if isinstance(value, Enum):
        return label(value)
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value)
