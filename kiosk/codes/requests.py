"""What is asked of the gate, what is answered, and why not."""

from __future__ import annotations

from enum import StrEnum


class Service(StrEnum):
    """What somebody may ask of the gate."""

    SHORT_VISIT = "short_visit"
    LONG_VISIT = "long_visit"
    LAWYER_VISIT = "lawyer_visit"
    OFFICIAL_VISIT = "official_visit"
    CONSULAR_VISIT = "consular_visit"
    MONITOR_VISIT = "monitor_visit"
    CLERGY_VISIT = "clergy_visit"
    PACKAGE = "package"
    PARCEL = "parcel"
    SMALL_PARCEL = "small_parcel"
    MEDICAL_PACKAGE = "medical_package"


class Outcome(StrEnum):
    """What a decision says; `override` is written when two persons signed against it."""

    ALLOWED = "allow"
    PARTLY = "part"
    REFUSED = "refuse"
    OVERRIDDEN = "override"


class ReasonCode(StrEnum):
    """Why something does not pass."""

    COUNT_EXHAUSTED = "count_exhausted"
    MONTHLY_EXHAUSTED = "monthly_exhausted"
    NO_RULE = "no_rule"
    NOT_IN_PRISON = "not_in_prison"
    PRISONER_AWAY = "prisoner_away"
    ISOLATOR = "isolator"
    QUARANTINE = "quarantine"
    BANNED = "banned"
    DOCUMENT_EXPIRED = "document_expired"
    DOCUMENT_WITHDRAWN = "document_withdrawn"
    NO_ADULT = "no_adult"
    TOO_MANY_ADULTS = "too_many_adults"
    ALREADY_INSIDE = "already_inside"
    DUPLICATE_TODAY = "duplicate_today"
