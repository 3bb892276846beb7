"""The fields that a find asks for: how it came, what it is, and what its act says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from kiosk.codes import FindChannel, FindClass, HidingPlace, PassedTo, Unit
from kiosk.screens import choices
from kiosk.text import N_, _
from kiosk.values import Officer
from kiosk.values.finds import ActEntered, FindCard, FindEntered, Thing
from kiosk.widgets.fields import Choice, Field, Lookup, Name, Number, Option, Text
from kiosk.widgets.numbers import Measure

_NO, _YES = "no", "yes"
# What was counted; a weight stands in a field of its own.
_UNITS = (Unit.PIECE, Unit.PACK, Unit.LITRE)


def how_it_came(staff: Iterable[Officer], labels: Mapping[str, str]) -> list[Field]:
    """Of a find from no bag and no search: on which way, with whom, for whom."""
    return [
        Choice("channel", N_("Channel"), required=True, options=choices.options(FindChannel)),
        Lookup(
            "person",
            N_("Brought by"),
            known=_known("person", labels),
            help=N_("Two letters of the name, or the document; empty = nobody known"),
        ),
        Text("bringer", N_("or in words"), limit=60, help=N_("Who brought it, if you know")),
        Lookup(
            "prisoner",
            N_("Meant for"),
            known=_known("prisoner", labels),
            help=N_("Two letters of the name, or the file number; empty = nobody known"),
        ),
        Choice("found_by", N_("Found by"), required=True, options=_staff(staff)),
    ]


def thing() -> list[Field]:
    """One kind of thing, and where it was."""
    return [
        Choice(
            "kind",
            N_("What"),
            required=True,
            options=choices.options(FindClass),
            help=N_("What was found, by its digit   F4 = list"),
        ),
        Number("pieces", N_("How many"), required=True, whole_digits=6),
        Choice("unit", N_("Counted in"), required=True, options=choices.options(_UNITS)),
        Number(
            "grams",
            N_("Weight, kg"),
            measure=Measure.KILOGRAMS,
            help=N_("What it weighs by itself; empty = not weighed"),
        ),
        Choice(
            "hidden_in",
            N_("Hidden"),
            required=True,
            options=choices.options(HidingPlace),
            help=N_("Where it was, by its digit   F4 = list"),
        ),
    ]


THING_VALUES = {"pieces": "1", "unit": Unit.PIECE.value}


def act(card: FindCard, staff: Iterable[Officer], mine: UUID) -> list[Field]:
    """What the act says; whoever found it or writes is no witness. `mine` is who writes."""
    witnesses = [one for one in staff if one.staff_id not in (mine, card.found_by_id)]
    fields: list[Field] = [
        Text(
            "hidden",
            N_("Where exactly"),
            limit=60,
            help=N_("Where exactly it was: under the lid, in foil"),
        ),
        Choice(
            "witness_id",
            N_("Witness"),
            options=_staff(witnesses),
            help=N_("Who saw it, of the staff   F4 = list   empty = somebody else"),
        ),
        Name(
            "witness", N_("or by name"), limit=60, help=N_("A witness who is not of the staff")
        ),
        Text("photos", N_("Photos"), limit=60, help=N_("Their numbers; may stay empty")),
        Text("seal_no", N_("Seal"), limit=20, help=N_("The number of the sealed bag")),
        Text("act_no", N_("Act number"), required=True, limit=20),
        Choice(
            "passed_to",
            N_("Passed to"),
            required=True,
            options=choices.options(PassedTo),
            help=N_("Who got the thing, by the digit"),
        ),
        Text(
            "article",
            N_("Other article"),
            limit=60,
            help=N_("Another article than the one above; empty = that one"),
        ),
    ]
    if card.brought_by:
        fields.append(
            Number(
                "fine",
                N_("Fine, som"),
                measure=Measure.SOM,
                whole_digits=8,
                help=N_("The fine of that article, in som; empty = none"),
            )
        )
    if card.person_id is not None:
        fields.append(
            Choice(
                "ban",
                N_("Keep out"),
                required=True,
                options=(
                    Option(_NO, lambda: _("no")),
                    Option(_YES, lambda: _("yes, a supervisor decides")),
                ),
                help=N_("Shall they be kept out?  1 no   2 yes: a supervisor decides"),
            )
        )
    fields.append(
        Text("words", N_("In words"), limit=200, help=N_("How it was found, in a few words"))
    )
    return fields


def act_values(card: FindCard) -> dict[str, str]:
    """What is proposed for an act."""
    fine = card.fine_tyiyn
    return {"act_no": card.act_no, "fine": str(fine) if fine is not None else ""}


# ---- read back


def thing_of(values: Mapping[str, str]) -> Thing:
    return Thing(
        kind=FindClass(values["kind"]),
        pieces=int(values["pieces"]),
        unit=Unit(values["unit"]),
        hidden_in=HidingPlace(values["hidden_in"]),
        grams=int(values["grams"]) if values["grams"] else None,
    )


def find_of(values: Mapping[str, str]) -> FindEntered:
    return FindEntered(
        channel=FindChannel(values["channel"]),
        found_by=UUID(values["found_by"]),
        thing=thing_of(values),
        person_id=UUID(values["person"]) if values["person"] else None,
        prisoner_id=UUID(values["prisoner"]) if values["prisoner"] else None,
        bringer=values["bringer"],
    )


def act_of(values: Mapping[str, str], card: FindCard) -> ActEntered:
    fine = values.get("fine", "")
    return ActEntered(
        act_no=values["act_no"],
        article=values["article"] or card.article,
        passed_to=PassedTo(values["passed_to"]),
        witness_id=UUID(values["witness_id"]) if values["witness_id"] else None,
        witness=values["witness"],
        seal_no=values["seal_no"],
        fine_tyiyn=int(fine) if fine else None,
        hidden=values["hidden"],
        photos=values["photos"],
        words=values["words"],
        proposes_ban=values.get("ban") == _YES,
    )


def _staff(staff: Iterable[Officer]) -> tuple[Option, ...]:
    return tuple(Option(str(one.staff_id), one.name) for one in staff)


def _known(field: str, labels: Mapping[str, str]) -> tuple[Option, ...]:
    code, _sep, label = labels.get(field, "").partition(" ")
    return (Option(code, label),) if code else ()
