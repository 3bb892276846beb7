"""The words around a visit: what is left at the gate, the search, how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from kiosk.codes import (
    Left,
    Screening,
    ScreeningConsent,
    ScreeningResult,
    VisitOutcome,
    VoidReason,
)
from kiosk.text import N_

WORDS: Mapping[type[Enum], Mapping[Enum, str]] = {
    Left: {
        Left.PHONE: N_("phone"),
        Left.KEYS: N_("keys"),
        Left.MONEY: N_("money, som"),
        Left.CARDS: N_("bank cards"),
        Left.WATCH: N_("watch"),
        Left.KNIFE: N_("knife, tools"),
        Left.MEDICINE: N_("medicines"),
        Left.DOCUMENTS: N_("documents"),
        Left.BAG: N_("bag"),
        Left.OTHER: N_("other thing"),
    },
    Screening: {
        Screening.PAT_DOWN: N_("pat-down, outer"),
        Screening.DETECTOR: N_("with a detector"),
        Screening.THINGS: N_("things only"),
    },
    ScreeningConsent: {
        ScreeningConsent.YES: N_("consents"),
        ScreeningConsent.NO: N_("does not consent"),
        ScreeningConsent.WITHDRAWN: N_("took it back"),
    },
    ScreeningResult: {
        ScreeningResult.NOTHING: N_("nothing found"),
        ScreeningResult.FOUND: N_("something found"),
        ScreeningResult.NOT_DONE: N_("not done"),
    },
    VisitOutcome: {
        VisitOutcome.NORMAL: N_("as usual"),
        VisitOutcome.VISITOR_ABSENT: N_("visitor did not come"),
        VisitOutcome.REFUSED_ENTRY: N_("did not want to go in"),
        VisitOutcome.FAILED_SEARCH: N_("turned away at the search"),
        VisitOutcome.PRISONER_REFUSED: N_("prisoner did not come"),
        VisitOutcome.LEFT_EARLY_PRISONER: N_("prisoner left early"),
        VisitOutcome.LEFT_EARLY_VISITOR: N_("visitor left early"),
        VisitOutcome.STOPPED: N_("stopped by the staff"),
    },
    VoidReason: {
        VoidReason.WRONG_VISITOR: N_("wrong visitor"),
        VoidReason.WRONG_PRISONER: N_("wrong prisoner"),
        VoidReason.TWICE: N_("registered twice"),
        VoidReason.OTHER: N_("another reason"),
    },
}
