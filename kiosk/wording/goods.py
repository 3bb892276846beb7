"""The words for things that are brought: verdicts, units, classes, places, finds."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from kiosk.codes import (
    Allowed,
    FindChannel,
    FindClass,
    GoneReason,
    GoodsClass,
    HidingPlace,
    Inspection,
    ItemReason,
    MedicalFate,
    PassedTo,
    PlaceKind,
    Unit,
    Verdict,
    WeighedBy,
)
from kiosk.text import N_

ARTICLE = N_("Offences Code, article 446")
"""What config.toml proposes for an act; a prison's own article is shown as it was written."""

WORDS: Mapping[type[Enum], Mapping[Enum, str]] = {
    Verdict: {
        Verdict.ACCEPT: N_("accepted"),
        Verdict.MEDICAL: N_("to the doctor"),
        Verdict.REFUSE: N_("goes back"),
        Verdict.SEIZE: N_("seized"),
    },
    MedicalFate: {
        MedicalFate.WAITS: N_("to the doctor"),
        MedicalFate.TAKEN: N_("the doctor has it"),
        MedicalFate.NOT_TAKEN: N_("not taken, goes back"),
        MedicalFate.RETURNED: N_("not taken, given back"),
    },
    ItemReason: {
        ItemReason.OVER_LIMIT: N_("over the limit"),
        ItemReason.FORBIDDEN: N_("not allowed"),
        ItemReason.STOPPED: N_("stopped for now"),
        ItemReason.NOT_LISTED: N_("not in the catalogue"),
        ItemReason.SPOILED: N_("spoiled"),
        ItemReason.PACKING: N_("packing damaged"),
        ItemReason.TAKEN_BACK: N_("taken back by the sender"),
    },
    Unit: {
        Unit.KILOGRAM: N_("kg"),
        Unit.PIECE: N_("pc"),
        Unit.PACK: N_("pk"),
        Unit.LITRE: N_("l"),
    },
    GoodsClass: {
        GoodsClass.FOOD: N_("food"),
        GoodsClass.PERISHABLE: N_("fresh food"),
        GoodsClass.TOBACCO: N_("tobacco"),
        GoodsClass.CLOTHING: N_("clothing"),
        GoodsClass.FOOTWEAR: N_("footwear"),
        GoodsClass.BEDDING: N_("bedding"),
        GoodsClass.HYGIENE: N_("hygiene"),
        GoodsClass.STATIONERY: N_("stationery"),
        GoodsClass.PRINTED: N_("books and papers"),
        GoodsClass.HOUSEHOLD: N_("household"),
        GoodsClass.RELIGIOUS: N_("religious"),
        GoodsClass.MEDICINE: N_("medicine"),
        GoodsClass.DOCUMENT: N_("documents"),
        GoodsClass.MONEY: N_("money"),
        GoodsClass.VALUABLE: N_("valuables"),
        GoodsClass.ALCOHOL: N_("alcohol"),
        GoodsClass.DRUGS: N_("drugs"),
        GoodsClass.WEAPON: N_("weapons"),
        GoodsClass.ELECTRONICS: N_("electronics"),
        GoodsClass.OTHER: N_("other things"),
    },
    Allowed: {
        Allowed.ALLOWED: N_("allowed"),
        Allowed.LIMITED: N_("limited"),
        Allowed.FORBIDDEN: N_("forbidden"),
        Allowed.WITHDRAWN: N_("withdrawn"),
    },
    Inspection: {
        Inspection.LOOK: N_("look"),
        Inspection.OPEN: N_("open it"),
        Inspection.CUT: N_("cut it"),
        Inspection.X_RAY: N_("X-ray"),
    },
    WeighedBy: {
        WeighedBy.SCALE: N_("by the scale"),
        WeighedBy.TYPED: N_("typed"),
    },
    PlaceKind: {
        PlaceKind.SHELF: N_("shelf"),
        PlaceKind.COLD: N_("cold store"),
        PlaceKind.SAFE: N_("safe"),
        PlaceKind.RETURNS: N_("to go back"),
    },
    FindClass: {
        FindClass.PHONE: N_("phone"),
        FindClass.SIM: N_("SIM card"),
        FindClass.ELECTRONICS: N_("electronics"),
        FindClass.DRUGS: N_("drugs"),
        FindClass.ALCOHOL: N_("alcohol"),
        FindClass.MONEY: N_("money"),
        FindClass.BLADE: N_("knife or blade"),
        FindClass.WEAPON: N_("weapon"),
        FindClass.CARDS: N_("playing cards"),
        FindClass.DOCUMENT: N_("letter or paper"),
        FindClass.MEDICINE: N_("medicine"),
        FindClass.OTHER: N_("something else"),
    },
    HidingPlace: {
        HidingPlace.OPEN: N_("not hidden"),
        HidingPlace.TIN: N_("in a tin"),
        HidingPlace.JAR: N_("in a jar"),
        HidingPlace.BREAD: N_("in bread"),
        HidingPlace.FOOD: N_("in other food"),
        HidingPlace.PACKING: N_("in the packing"),
        HidingPlace.CLOTHING: N_("in clothing"),
        HidingPlace.SHOE: N_("in a shoe"),
        HidingPlace.BOOK: N_("in a book"),
        HidingPlace.HYGIENE: N_("in soap or paste"),
        HidingPlace.BAG: N_("in the bag"),
        HidingPlace.BODY: N_("on the body"),
        HidingPlace.OTHER: N_("elsewhere"),
    },
    FindChannel: {
        FindChannel.SHORT_VISIT: N_("short visit"),
        FindChannel.LONG_VISIT: N_("long visit"),
        FindChannel.OTHER_VISIT: N_("other visit"),
        FindChannel.PACKAGE: N_("package (handed in)"),
        FindChannel.POST: N_("by post"),
        FindChannel.STAFF: N_("by staff"),
        FindChannel.THROWN: N_("thrown over"),
        FindChannel.OTHER: N_("another way"),
    },
    PassedTo: {
        PassedTo.POLICE: N_("police"),
        PassedTo.SECURITY: N_("security"),
        PassedTo.STORE: N_("kept in the prison"),
        PassedTo.DESTROYED: N_("destroyed"),
        PassedTo.NOBODY: N_("nobody yet"),
    },
    GoneReason: {
        GoneReason.DECLINED: N_("declined by the prisoner"),
        GoneReason.EXPIRED: N_("kept too long"),
        GoneReason.MOVED: N_("the prisoner is gone"),
    },
}
