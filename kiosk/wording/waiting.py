"""The words of the queue, the rooms and the sessions."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from kiosk.codes import BlockReason, CallReason, CancelReason, RoomKind, TicketState
from kiosk.text import N_

WORDS: Mapping[type[Enum], Mapping[Enum, str]] = {
    RoomKind: {
        RoomKind.SHORT: N_("short visits"),
        RoomKind.LONG: N_("long visits"),
        RoomKind.OFFICIAL: N_("lawyers, officials"),
    },
    BlockReason: {
        BlockReason.SANITATION: N_("sanitary day"),
        BlockReason.QUARANTINE: N_("quarantine"),
        BlockReason.SEARCH: N_("search of the prison"),
        BlockReason.STAFF: N_("lack of staff"),
        BlockReason.HOLIDAY: N_("holiday"),
        BlockReason.OTHER: N_("another reason"),
    },
    CallReason: {
        CallReason.FRAIL: N_("old, ill or disabled"),
        CallReason.SMALL_CHILD: N_("with a small child"),
        CallReason.ON_DUTY: N_("lawyer or official"),
        CallReason.SESSION_BEGINS: N_("their session begins"),
        CallReason.OTHER_WINDOW: N_("others wait elsewhere"),
    },
    CancelReason: {
        CancelReason.VISITOR: N_("by the visitor"),
        CancelReason.PRISONER: N_("by the prisoner"),
        CancelReason.PRISON: N_("by the prison"),
        CancelReason.ERROR: N_("entered by mistake"),
    },
    TicketState: {
        TicketState.WAITING: N_("waits"),
        TicketState.CALLED: N_("CALLED"),
        TicketState.SERVING: N_("at the window"),
        TicketState.DONE: N_("done"),
        TicketState.GONE: N_("gone"),
    },
}
