"""The words of restrictions, overrides and reviews."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from kiosk.codes import (
    BanGround,
    LiftReason,
    OverrideGround,
    RestrictionKind,
    ReviewEnding,
    ReviewKind,
)
from kiosk.text import N_

WORDS: Mapping[type[Enum], Mapping[Enum, str]] = {
    RestrictionKind: {
        RestrictionKind.BAN: N_("ban"),
        RestrictionKind.NO_CONTACT: N_("no contact"),
        RestrictionKind.CLOSED: N_("closed visits only"),
        RestrictionKind.CHILD_PROTECTION: N_("child protection"),
        RestrictionKind.PRE_INFO: N_("to be told before a visit"),
        RestrictionKind.STOP: N_("stop of the facility"),
        RestrictionKind.NON_ASSOCIATION: N_("kept apart"),
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
    LiftReason: {
        LiftReason.ORDER: N_("order of the prison's head"),
        LiftReason.COURT: N_("decision of a court"),
        LiftReason.GROUND_GONE: N_("its ground is gone"),
        LiftReason.ERROR: N_("entered by mistake"),
        LiftReason.EXTENDED: N_("a longer one replaced it"),
    },
    OverrideGround: {
        OverrideGround.ORDER: N_("order of the prison's head"),
        OverrideGround.COURT: N_("decision of a court"),
        OverrideGround.ILLNESS: N_("illness"),
        OverrideGround.DEATH: N_("death in the family"),
        OverrideGround.ERROR: N_("error in the register"),
        OverrideGround.OTHER: N_("another reason"),
    },
    ReviewKind: {
        ReviewKind.PRISONER_MOVED: N_("prisoner is away"),
        ReviewKind.PRISONER_ISOLATED: N_("prisoner is isolated"),
        ReviewKind.RESTRICTION: N_("restriction"),
        ReviewKind.NON_ASSOCIATION: N_("kept apart"),
        ReviewKind.DATE_BLOCKED: N_("closed day or session"),
        ReviewKind.CONSENT: N_("prisoner does not agree"),
        ReviewKind.BALANCE: N_("balance below zero"),
        ReviewKind.DOUBLE: N_("double record"),
        ReviewKind.BAN_PROPOSED: N_("a ban is proposed"),
    },
    ReviewEnding: {
        ReviewEnding.HANDLED: N_("handled"),
        ReviewEnding.NO_CHANGE: N_("no change"),
        ReviewEnding.CAUSE_GONE: N_("its cause is gone"),
    },
}
