"""Things that are brought, and what becomes of each."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What becomes of a thing brought."""

    ACCEPT = "accept"
    MEDICAL = "medical"
    REFUSE = "refuse"
    SEIZE = "seize"


class ItemReason(StrEnum):
    """Why a thing brought goes back."""

    OVER_LIMIT = "over_limit"
    FORBIDDEN = "forbidden"
    SPOILED = "spoiled"
    PACKING = "packing"


class Unit(StrEnum):
    """In what a thing brought is counted; KILOGRAM is weighed."""

    KILOGRAM = "kilogram"
    PIECE = "piece"
    PACK = "pack"
    LITRE = "litre"
