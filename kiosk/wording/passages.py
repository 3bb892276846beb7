"""The words for where a case stands, and for what happened to it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from kiosk.codes import CaseState, StepKind
from kiosk.text import N_

WORDS: Mapping[type[Enum], Mapping[Enum, str]] = {
    CaseState: {
        CaseState.BOOKED: N_("is booked"),
        CaseState.ADMITTED: N_("is admitted"),
        CaseState.INSIDE: N_("is inside"),
        CaseState.LEFT: N_("has left"),
        CaseState.INSPECTED: N_("is looked through"),
        CaseState.STORED: N_("in the storage"),
        CaseState.HANDED_OVER: N_("with the prisoner"),
        CaseState.TO_RETURN: N_("goes to the sender"),
        CaseState.CLOSED: N_("is closed"),
        CaseState.REFUSED: N_("was refused"),
        CaseState.CANCELLED: N_("was called off"),
        CaseState.FORWARDED: N_("was sent on"),
        CaseState.VOID: N_("is void"),
    },
    StepKind: {
        StepKind.BOOKED: N_("booked"),
        StepKind.MOVED: N_("moved to another session"),
        StepKind.ADMITTED: N_("admitted"),
        StepKind.REFUSED: N_("refused"),
        StepKind.ENTERED: N_("went in"),
        StepKind.LEFT: N_("left the prison"),
        StepKind.STOPPED: N_("stopped by the staff"),
        StepKind.CLOSED: N_("closed"),
        StepKind.CANCELLED: N_("called off"),
        StepKind.VOID: N_("made void"),
        StepKind.HANDED_OVER: N_("handed to the prisoner"),
        StepKind.TURNED_AWAY: N_("turned away at the search"),
        StepKind.WEIGHED: N_("weighed"),
        StepKind.OPENED: N_("opened by a commission"),
        StepKind.EXTRA_CHECKED: N_("looked through once more"),
        StepKind.ACCEPTED: N_("taken in"),
        StepKind.PLACED: N_("put in another place"),
        StepKind.PASSED_TO_MEDICAL: N_("medicine passed on"),
        StepKind.NOT_TAKEN: N_("not taken by the doctor"),
        StepKind.MEDICINE_RETURNED: N_("medicine given back"),
        StepKind.NOT_TO_PRISONER: N_("sent back"),
        StepKind.RETURNED: N_("given back"),
        StepKind.FORWARDED: N_("sent to another prison"),
        StepKind.CORRECTED: N_("a line corrected"),
    },
}
