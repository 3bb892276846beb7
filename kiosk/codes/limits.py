"""Who is kept out and on what ground; who permits what the law leaves to a person."""

from __future__ import annotations

from enum import StrEnum


class RestrictionKind(StrEnum):
    """What a restriction does; STOP is of the whole facility, NON_ASSOCIATION of prisoners."""

    BAN = "ban"
    NO_CONTACT = "no_contact"
    CLOSED = "closed"
    CHILD_PROTECTION = "child_protection"
    PRE_INFO = "pre_info"
    STOP = "stop"
    NON_ASSOCIATION = "non_association"


class BanGround(StrEnum):
    """On what a restriction rests; the papers themselves lie in the prison's files."""

    HEAD = "order_of_the_head"
    COURT = "court"
    INVESTIGATOR = "investigator"
    FORBIDDEN_THINGS = "forbidden_things"
    CONDUCT = "conduct"
    CHILD = "protection_of_child"
    CONFLICT = "conflict"
    EPIDEMIC = "epidemic"
    EMERGENCY = "emergency"


class LiftReason(StrEnum):
    """Why a restriction holds no more, before its last day."""

    ORDER = "order_of_the_head"
    COURT = "court"
    GROUND_GONE = "ground_gone"
    ERROR = "error"
    EXTENDED = "extended"
    """Another one, which lasts longer, took its place."""


class Issuer(StrEnum):
    """Who made a restriction or gave a permission."""

    PRISON = "prison"
    INVESTIGATOR = "investigator"
    COURT = "court"
    PROSECUTOR = "prosecutor"


class OverrideGround(StrEnum):
    """Why two persons let in what the rules refuse; the words beside it are a note."""

    ORDER = "order"
    COURT = "court"
    ILLNESS = "illness"
    DEATH = "death_in_family"
    ERROR = "error"
    OTHER = "other"


class AdjustReason(StrEnum):
    """Why a supervisor changed a balance by hand."""

    ORDER = "order"
    REWARD = "reward"
    PENALTY = "penalty"
    CORRECTION = "correction"
    TRANSFER = "transfer"
    OTHER = "other"
