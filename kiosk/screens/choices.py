"""The closed choices of the forms, in the language of the screen; the digit is the position."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import partial

from kiosk import wording
from kiosk.codes import (
    Category,
    Condition,
    DocumentKind,
    Issuer,
    Proof,
    Regime,
    Relation,
    Role,
    SameGround,
    Sex,
    Status,
)
from kiosk.text import N_
from kiosk.widgets.choices import Choice, Option


def options(codes: Iterable[StrEnum]) -> tuple[Option, ...]:
    return tuple(Option(code.value, partial(wording.label, code)) for code in codes)


def relations() -> tuple[Option, ...]:
    return options(Relation)


def proofs() -> tuple[Option, ...]:
    return options(Proof)


def proof_field() -> Choice:
    """On which paper a relation rests that is stated at the window."""
    return Choice(
        "proof",
        N_("Proof seen"),
        options=proofs(),
        help=N_("The paper that shows it; empty = none was seen"),
    )


def issuers() -> tuple[Option, ...]:
    return options(Issuer)


def same_grounds() -> tuple[Option, ...]:
    return options(SameGround)


def sexes() -> tuple[Option, ...]:
    return options((Sex.MALE, Sex.FEMALE))


def documents() -> tuple[Option, ...]:
    return options(DocumentKind)


def categories() -> tuple[Option, ...]:
    return options(Category)


def regimes() -> tuple[Option, ...]:
    return options(Regime)


def conditions() -> tuple[Option, ...]:
    return options(Condition)


def statuses() -> tuple[Option, ...]:
    return options(Status)


def roles() -> tuple[Option, ...]:
    return options(Role)
