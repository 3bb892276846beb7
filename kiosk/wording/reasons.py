"""Why something does not pass, and under which conditions, for the officer's screen.

A reason is a sentence of its own, with its numbers and its end, and says by which rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from kiosk.codes import ReasonCode
from kiosk.decimals import kilograms
from kiosk.rules.decision import Reason
from kiosk.rules.terms import Limit, Period
from kiosk.text import N_, _, fill
from kiosk.wording.codes import ground

# The second sentence is the one without an end, where there is one.
REASONS: Mapping[ReasonCode, tuple[str, str]] = {
    ReasonCode.COUNT_EXHAUSTED: (
        N_("The entitlement of this year is used up: {used} / {limit}"),
        "",
    ),
    ReasonCode.MONTHLY_EXHAUSTED: (
        N_("The entitlement of this month is used up: {used} / {limit}"),
        "",
    ),
    ReasonCode.WEIGHT_EXCEEDED: (N_("Too heavy: {used}, at most {limit}"), ""),
    ReasonCode.INVALID_WEIGHT: (
        N_("The weight is missing or is no whole number of grams"),
        "",
    ),
    ReasonCode.MIN_INTERVAL: (
        N_("Too soon: from one time to the next {limit} days must pass"),
        "",
    ),
    ReasonCode.NO_RULE: (N_("The rules give this prisoner no such right"), ""),
    ReasonCode.NOT_IN_PRISON: (N_("The prisoner is not held in this facility"), ""),
    ReasonCode.PRISONER_AWAY: (
        N_("The prisoner is at court or in hospital, until {until}"),
        N_("The prisoner is at court or in hospital, the return is not known"),
    ),
    ReasonCode.ISOLATOR: (
        N_("The prisoner is in the isolator, until {until}"),
        N_("The prisoner is in the isolator, no end is recorded"),
    ),
    ReasonCode.QUARANTINE: (
        N_("The prisoner is in quarantine, until {until}"),
        N_("The prisoner is in quarantine, no end is recorded"),
    ),
    ReasonCode.BANNED: (N_("Banned until {until}"), N_("Banned, no end is set")),
    ReasonCode.PRISONER_RESTRICTED: (
        N_("A restriction lies on the prisoner, until {until}"),
        N_("A restriction lies on the prisoner, no end is set"),
    ),
    ReasonCode.FACILITY_RESTRICTION: (
        N_("Stopped for the whole facility, until {until}"),
        N_("Stopped for the whole facility, no end is set"),
    ),
    ReasonCode.CLOSED_VISIT: (
        N_("Closed visits only, through glass, until {until}"),
        N_("Closed visits only, through glass"),
    ),
    ReasonCode.PRE_INFO: (
        N_("To be told to security before the visit, until {until}"),
        N_("To be told to security before the visit"),
    ),
    ReasonCode.CHILD_PROTECTION: (
        N_("Forbidden to protect a child, until {until}"),
        N_("Forbidden to protect a child, no end is set"),
    ),
    ReasonCode.NO_CONTACT: (
        N_("Contact is forbidden until {until}"),
        N_("Contact is forbidden, no end is set"),
    ),
    ReasonCode.NO_PERMISSION: (N_("No permission of the investigator or the court"), ""),
    ReasonCode.PERMISSION_NOT_YET: (N_("The permission is not in force yet"), ""),
    ReasonCode.PERMISSION_EXPIRED: (N_("The permission ran out: {until}"), ""),
    ReasonCode.PERMISSION_USED_UP: (N_("The permission is used up: {used} / {limit}"), ""),
    ReasonCode.RELATION_NOT_CLOSE: (N_("A long visit is for approved close kin only"), ""),
    ReasonCode.RELATION_NOT_APPROVED: (N_("The relation is not approved"), ""),
    ReasonCode.RELATION_NOT_YET: (N_("The relation holds from a later day on"), ""),
    ReasonCode.RELATION_EXPIRED: (
        N_("The relation holds no longer, its last day: {until}"),
        "",
    ),
    ReasonCode.PRISONER_REFUSES: (N_("The prisoner does not agree to this visitor"), ""),
    ReasonCode.DOCUMENT_EXPIRED: (N_("The document expired: {until}"), ""),
    ReasonCode.DOCUMENT_WITHDRAWN: (
        N_("The document is withdrawn from use (series AN)"),
        "",
    ),
    ReasonCode.NO_ADULT: (N_("A child, and no adult who goes in too"), ""),
    ReasonCode.TOO_MANY_ADULTS: (N_("Too many adults: {used}, at most {limit}"), ""),
    ReasonCode.ALREADY_INSIDE: (N_("Is inside already, by another visit"), ""),
    ReasonCode.DUPLICATE_TODAY: (N_("Has a visit to this prisoner today already"), ""),
    ReasonCode.SESSION_FULL: (N_("No place is left in this session: {used} / {limit}"), ""),
    ReasonCode.SESSION_BLOCKED: (N_("This session is closed"), ""),
    ReasonCode.DATE_BLOCKED: (N_("No visits are held on this day"), ""),
    ReasonCode.NON_ASSOCIATION: (
        N_("A prisoner who is kept apart from this one is in this session"),
        "",
    ),
}
# Where a count or a weight of goods needs another sentence than the one above.
OF_WEIGHT = {
    ReasonCode.COUNT_EXHAUSTED: N_("The weight allowed is exceeded: {used}, at most {limit}"),
    ReasonCode.MONTHLY_EXHAUSTED: N_(
        "The weight of this month is exceeded: {used}, at most {limit}"
    ),
}
OF_WEEK = N_("The entitlement of this week is used up: {used} / {limit}")

# The references of KG-DRAFT, so that officers read in their own language that none of
# them is confirmed. References of a prison's own set are shown as they were written.
DRAFT_REFERENCES = (
    N_("KG: reference not confirmed (Decree 03.04.2017 No. 197)"),
    N_("KG: reference not confirmed (exchange of the AN series, 2024)"),
    N_("KG: reference not confirmed (KZ remand law Art. 17)"),
    N_("KG: reference not confirmed (Offences Code Art. 446)"),
    N_("KG: reference not confirmed (Order 03.03.2014 No. 111)"),
    N_("KG: reference not confirmed (Penal Executive Code 31.01.2017 No. 17, Art. 1(5))"),
    N_("KG: reference not confirmed (register of visits)"),
    N_("KG: reference not confirmed (RU prison rules, 04.07.2022 No. 110)"),
    N_("KG: reference not confirmed (RU remand rules)"),
    N_("KG: reference not confirmed (RU UIK Art. 118)"),
    N_("KG: reference not confirmed (RU UIK Art. 121)"),
    N_("KG: reference not confirmed (RU UIK Art. 123)"),
    N_("KG: reference not confirmed (RU UIK Art. 125)"),
    N_("KG: reference not confirmed (RU UIK Art. 89)"),
    N_("KG: reference not confirmed (RU UIK Art. 90)"),
)


def day_text(day: date | None) -> str:
    """24.11.2026, in every language."""
    return "–" if day is None else f"{day:%d.%m.%Y}"


def reason_line(reason: Reason, say: Callable[[str], str] = _) -> str:
    """What stands against the request, for officers, with its numbers and end: in the
    language of the screen, or that of `say`."""
    return fill(
        say(_sentence(reason)),
        used=_amount(reason, reason.used, say),
        limit=_amount(reason, reason.limit, say),
        until=day_text(reason.until),
    )


def law(legal_ref: str, say: Callable[[str], str] = _) -> str:
    """A legal reference in the language of the screen or that of `say`, or as the prison
    wrote it."""
    return say(legal_ref) if legal_ref else ""


def rule_line(reason: Reason) -> str:
    """By which rule: its id and its legal reference; and which ban, by its day and ground."""
    rule = fill(
        _("rule {rule}: {reference}"), rule=reason.rule, reference=law(reason.legal_ref)
    )
    if reason.since is None:
        return rule
    ban = (
        fill(
            _("ban of {day}, ground: {ground}")
            if reason.code is ReasonCode.BANNED
            else _("order of {day}, ground: {ground}"),
            day=day_text(reason.since),
            ground=ground(reason.ground),
        )
        if reason.ground
        else fill(
            _("ban of {day}") if reason.code is ReasonCode.BANNED else _("order of {day}"),
            day=day_text(reason.since),
        )
    )
    return f"{rule}; {ban}"


def _sentence(reason: Reason) -> str:
    if reason.unit is Limit.GRAMS and reason.code in OF_WEIGHT:
        return OF_WEIGHT[reason.code]
    if reason.period is Period.WEEK and reason.code is ReasonCode.COUNT_EXHAUSTED:
        return OF_WEEK
    bounded, open_ended = REASONS[reason.code]
    return open_ended if open_ended and reason.until is None else bounded


def _amount(reason: Reason, amount: int | None, say: Callable[[str], str]) -> str:
    """A number as it is said: pieces, or grams as kilograms (20 000 → 20,000 kg)."""
    if amount is None:
        return "–"
    return weight(amount, say) if reason.unit is Limit.GRAMS else str(amount)


def weight(grams: int, say: Callable[[str], str] = _) -> str:
    """2.000 kg, in the language of the screen, or of `say`."""
    return f"{kilograms(grams, say)} {say(N_('kg'))}"
