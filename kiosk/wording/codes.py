"""The words for the closed sets: services, relations, states, papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum

from kiosk.codes import (
    BanGround,
    Category,
    Condition,
    DocumentKind,
    DocumentSource,
    GoodsClass,
    JobState,
    MemberRole,
    Regime,
    Relation,
    Role,
    Service,
    Sex,
    Status,
    Template,
)
from kiosk.text import N_, _
from kiosk.wording.balances import WORDS as BALANCES
from kiosk.wording.belonging import WORDS as BELONGING
from kiosk.wording.goods import WORDS as GOODS
from kiosk.wording.limits import WORDS as LIMITS
from kiosk.wording.passages import WORDS as PASSAGES
from kiosk.wording.reports import WORDS as REPORTS
from kiosk.wording.visits import WORDS as VISITS
from kiosk.wording.waiting import WORDS as WAITING

SHORT_WIDTH = 10

# By type first: "strict" is a regime and a condition, and equal as text. A subject that has
# many words keeps its own table in a module of its own, and joins it here.
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
        Template.GIVEN_BACK: N_("list of what goes back"),
        Template.TAG: N_("deposit tag"),
        Template.ACT: N_("act of a find"),
        Template.FINE: N_("notice of a fine"),
        Template.MOVEMENT: N_("movement slip"),
        Template.INSIDE: N_("list of who is inside"),
        Template.CLOSING: N_("shift closing slip"),
        Template.EXTRACT: N_("extract of a prisoner's ledger"),
        Template.REPORT: N_("register or report"),
        Template.TEST: N_("test page of the printer"),
    },
    **LIMITS,
    **BELONGING,
    **WAITING,
    **GOODS,
    **VISITS,
    **BALANCES,
    **PASSAGES,
    **REPORTS,
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
    Template.GIVEN_BACK: N_("back"),
    Template.TAG: N_("tag"),
    Template.ACT: N_("act"),
    Template.FINE: N_("fine"),
    Template.MOVEMENT: N_("slip"),
    Template.INSIDE: N_("inside"),
    Template.CLOSING: N_("shift end"),
    Template.EXTRACT: N_("extract"),
    Template.REPORT: N_("report"),
    Template.TEST: N_("test page"),
}


def label(code: Enum, say: Callable[[str], str] = _) -> str:
    """The full word for `code` in the language of the screen, or that of `say`."""
    return say(LABELS[type(code)][code])


def short(service: Service) -> str:
    """The service in at most SHORT_WIDTH columns."""
    return _(SHORT[service])


def paper(template: Template) -> str:
    """The paper in at most SHORT_WIDTH columns."""
    return _(SHORT_PAPER[template])


def ground(code: str) -> str:
    """On what a ban rests, in the language of the screen."""
    return label(BanGround(code)) if code in list(BanGround) else code


def goods_class(code: str) -> str:
    """A class of goods in the language of the screen; one that an older register named by a
    word of its own, as it stands there."""
    return label(GoodsClass(code)) if code in list(GoodsClass) else code
