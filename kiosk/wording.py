"""The words for every code: services, relations, states, and why something does not pass.

`label` is the full word, `short` the one for a narrow column (SHORT_WIDTH), both in the
language of the screen. A reason is a sentence of its own; data stands beside words and
never inflects them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

from kiosk.codes import (
    BanGround,
    Category,
    Condition,
    DocumentKind,
    DocumentSource,
    JobState,
    MemberRole,
    ReasonCode,
    Regime,
    Relation,
    Role,
    Service,
    Sex,
    Status,
    Template,
)
from kiosk.rules.decision import Reason
from kiosk.text import N_, _, fill

SHORT_WIDTH = 10

# By type first: "strict" is a regime and a condition, and equal as text.
LABELS: Mapping[type[Enum], Mapping[Enum, str]] = {
    Service: {
        Service.SHORT_VISIT: N_("short visit"),
        Service.LONG_VISIT: N_("long visit"),
        Service.LAWYER_VISIT: N_("lawyer visit"),
        Service.OFFICIAL_VISIT: N_("official visit"),
        Service.CONSULAR_VISIT: N_("consular visit"),
        Service.MONITOR_VISIT: N_("monitoring visit"),
        Service.CLERGY_VISIT: N_("visit of a clergyman"),
        Service.PACKAGE: N_("package (handed in)"),
        Service.PARCEL: N_("parcel (posted)"),
        Service.SMALL_PARCEL: N_("small parcel (posted)"),
        Service.MEDICAL_PACKAGE: N_("package of medicines"),
    },
    Relation: {
        Relation.SPOUSE: N_("wife/husband"),
        Relation.PARENT: N_("parent"),
        Relation.CHILD: N_("son/daughter"),
        Relation.SIBLING: N_("brother/sister"),
        Relation.GRANDPARENT: N_("grandparent"),
        Relation.GRANDCHILD: N_("grandchild"),
        Relation.OTHER_KIN: N_("other kin"),
        Relation.NOT_KIN: N_("not kin"),
    },
    Category: {
        Category.CONVICT: N_("convicted"),
        Category.REMAND: N_("on remand"),
    },
    Regime: {
        Regime.GENERAL: N_("general regime"),
        Regime.STRICT: N_("strict regime"),
        Regime.SPECIAL: N_("special regime"),
    },
    Condition: {
        Condition.ORDINARY: N_("ordinary conditions"),
        Condition.LIGHT: N_("light conditions"),
        Condition.STRICT: N_("strict conditions"),
    },
    Status: {
        Status.PRESENT: N_("present"),
        Status.ISOLATOR: N_("in the isolator"),
        Status.QUARANTINE: N_("in quarantine"),
        Status.HOSPITAL: N_("in hospital"),
        Status.COURT: N_("at court"),
        Status.TRANSFERRED: N_("transferred"),
        Status.RELEASED: N_("released"),
        Status.DEAD: N_("dead"),
    },
    Role: {
        Role.OFFICER: N_("officer"),
        Role.INSPECTOR: N_("inspector"),
        Role.SUPERVISOR: N_("supervisor"),
        Role.ADMINISTRATOR: N_("administrator"),
        Role.AUDITOR: N_("auditor"),
        Role.SUPPORT: N_("support"),
    },
    Sex: {
        Sex.MALE: N_("M"),
        Sex.FEMALE: N_("F"),
        Sex.UNSPECIFIED: N_("X"),
    },
    MemberRole: {
        MemberRole.LEAD: N_("first in the group"),
        MemberRole.ADULT: N_("adult"),
        MemberRole.CHILD: N_("child"),
        MemberRole.SENDER: N_("sender"),
    },
    DocumentKind: {
        DocumentKind.ID_CARD: N_("ID card"),
        DocumentKind.PASSPORT: N_("passport"),
        DocumentKind.BIRTH_CERTIFICATE: N_("birth certificate"),
        DocumentKind.DRIVING_LICENCE: N_("driving licence"),
        DocumentKind.MILITARY_ID: N_("military ID"),
        DocumentKind.OTHER: N_("other document"),
    },
    DocumentSource: {
        DocumentSource.SCAN: N_("scanned"),
        DocumentSource.TYPED: N_("typed"),
    },
    JobState: {
        JobState.QUEUED: N_("waits"),
        JobState.SENDING: N_("is printing"),
        JobState.SENT: N_("handed over"),
        JobState.CONFIRMED: N_("printed"),
        JobState.UNCERTAIN: N_("did it come out?"),
        JobState.SETTLED: N_("did not come out"),
        JobState.CANCELLED: N_("cancelled"),
    },
    Template: {
        Template.BADGE: N_("badge"),
        Template.REFUSAL: N_("refusal notice"),
        Template.TICKET: N_("queue ticket"),
        Template.RECEIPT: N_("package receipt"),
        Template.LABEL: N_("parcel label"),
        Template.CONTENTS: N_("contents list"),
        Template.TAG: N_("deposit tag"),
        Template.MOVEMENT: N_("movement slip"),
        Template.INSIDE: N_("list of who is inside"),
        Template.CLOSING: N_("shift closing slip"),
        Template.TEST: N_("test page of the printer"),
    },
    BanGround: {
        BanGround.HEAD: N_("order of the prison's head"),
        BanGround.COURT: N_("decision of a court"),
        BanGround.INVESTIGATOR: N_("decision of investigator"),
        BanGround.FORBIDDEN_THINGS: N_("forbidden things found"),
        BanGround.CONDUCT: N_("conduct during a visit"),
        BanGround.CHILD: N_("protection of a child"),
        BanGround.CONFLICT: N_("conflict"),
        BanGround.EPIDEMIC: N_("epidemic"),
        BanGround.EMERGENCY: N_("emergency"),
    },
}

SHORT: Mapping[Service, str] = {
    Service.SHORT_VISIT: N_("short"),
    Service.LONG_VISIT: N_("long"),
    Service.LAWYER_VISIT: N_("lawyer"),
    Service.OFFICIAL_VISIT: N_("official"),
    Service.CONSULAR_VISIT: N_("consul"),
    Service.MONITOR_VISIT: N_("monitor"),
    Service.CLERGY_VISIT: N_("clergy"),
    Service.PACKAGE: N_("package"),
    Service.PARCEL: N_("parcel"),
    Service.SMALL_PARCEL: N_("small p."),
    Service.MEDICAL_PACKAGE: N_("medicines"),
}

SHORT_PAPER: Mapping[Template, str] = {
    Template.BADGE: N_("badge"),
    Template.REFUSAL: N_("notice"),
    Template.TICKET: N_("ticket"),
    Template.RECEIPT: N_("receipt"),
    Template.LABEL: N_("label"),
    Template.CONTENTS: N_("contents"),
    Template.TAG: N_("tag"),
    Template.MOVEMENT: N_("slip"),
    Template.INSIDE: N_("inside"),
    Template.CLOSING: N_("shift end"),
    Template.TEST: N_("test page"),
}

# For the officer's screen. The second sentence is the one without an end, where there is one.
REASONS: Mapping[ReasonCode, tuple[str, str]] = {
    ReasonCode.COUNT_EXHAUSTED: (
        N_("The entitlement of this year is used up: {used} / {limit}"),
        "",
    ),
    ReasonCode.MONTHLY_EXHAUSTED: (
        N_("The entitlement of this month is used up: {used} / {limit}"),
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
    ReasonCode.DOCUMENT_EXPIRED: (N_("The document expired: {until}"), ""),
    ReasonCode.DOCUMENT_WITHDRAWN: (
        N_("The document is withdrawn from use (series AN)"),
        "",
    ),
    ReasonCode.NO_ADULT: (N_("A child, and no adult who goes in too"), ""),
    ReasonCode.TOO_MANY_ADULTS: (N_("Too many adults: {used}, at most {limit}"), ""),
    ReasonCode.ALREADY_INSIDE: (N_("Is inside already, by another visit"), ""),
    ReasonCode.DUPLICATE_TODAY: (N_("Has visited this prisoner today already"), ""),
}

# The references of KG-DRAFT, so that officers read in their own language that none of
# them is confirmed. References of a prison's own set are shown as they were written.
DRAFT_REFERENCES = (
    N_("KG: reference not confirmed (Decree 03.04.2017 No. 197)"),
    N_("KG: reference not confirmed (exchange of the AN series, 2024)"),
    N_("KG: reference not confirmed (KZ remand law Art. 17)"),
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


def label(code: Enum) -> str:
    """The full word for `code` in the language of the screen."""
    return _(LABELS[type(code)][code])


def short(service: Service) -> str:
    """The service in at most SHORT_WIDTH columns."""
    return _(SHORT[service])


def paper(template: Template) -> str:
    """The paper in at most SHORT_WIDTH columns."""
    return _(SHORT_PAPER[template])


def day_text(day: date | None) -> str:
    """24.11.2026, in every language."""
    return "–" if day is None else f"{day:%d.%m.%Y}"


def reason_line(reason: Reason) -> str:
    """What stands against the request, for the officer's screen, with its numbers and end."""
    bounded, open_ended = REASONS[reason.code]
    return _filled(open_ended if open_ended and reason.until is None else bounded, reason)


def law(legal_ref: str) -> str:
    """A legal reference in the language of the screen, or as the prison wrote it."""
    return _(legal_ref) if legal_ref else ""


def ground(code: str) -> str:
    """On what a ban rests, in the language of the screen."""
    return label(BanGround(code)) if code in list(BanGround) else code


def rule_line(reason: Reason) -> str:
    """By which rule: its id and its legal reference; and which ban, by its day and ground."""
    rule = fill(
        _("rule {rule}: {reference}"), rule=reason.rule, reference=law(reason.legal_ref)
    )
    if reason.since is None:
        return rule
    ban = (
        fill(
            _("ban of {day}, ground: {ground}"),
            day=day_text(reason.since),
            ground=ground(reason.ground),
        )
        if reason.ground
        else fill(_("ban of {day}"), day=day_text(reason.since))
    )
    return f"{rule}; {ban}"


def _filled(sentence: str, reason: Reason) -> str:
    return fill(_(sentence), used=reason.used, limit=reason.limit, until=day_text(reason.until))
