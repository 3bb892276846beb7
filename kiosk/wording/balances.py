"""The words of the ledger: what a line is, and why a balance was changed by hand."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from kiosk.codes import AdjustReason, LedgerKind
from kiosk.text import N_

WORDS: Mapping[type[Enum], Mapping[Enum, str]] = {
    LedgerKind: {
        LedgerKind.USE: N_("used"),
        LedgerKind.RESERVE: N_("held"),
        LedgerKind.REFUND: N_("given back"),
        LedgerKind.ADJUST: N_("by hand"),
        LedgerKind.CARRY: N_("carried"),
        LedgerKind.OPENING: N_("journal"),
    },
    AdjustReason: {
        AdjustReason.ORDER: N_("order of the head"),
        AdjustReason.REWARD: N_("reward"),
        AdjustReason.PENALTY: N_("penalty"),
        AdjustReason.CORRECTION: N_("correction of a mistake"),
        AdjustReason.TRANSFER: N_("came from another prison"),
        AdjustReason.OTHER: N_("another reason"),
    },
}
