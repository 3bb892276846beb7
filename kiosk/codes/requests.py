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
    """Why something does not pass; CLOSED_VISIT and PRE_INFO also bind a visit that does."""

    COUNT_EXHAUSTED = "count_exhausted"
    MONTHLY_EXHAUSTED = "monthly_exhausted"
    WEIGHT_EXCEEDED = "weight_exceeded"
    INVALID_WEIGHT = "invalid_weight"
    MIN_INTERVAL = "min_interval"
    NO_RULE = "no_rule"
    NOT_IN_PRISON = "not_in_prison"
    PRISONER_AWAY = "prisoner_away"
    ISOLATOR = "isolator"
    QUARANTINE = "quarantine"
    BANNED = "banned"
    PRISONER_RESTRICTED = "prisoner_restricted"
    FACILITY_RESTRICTION = "facility_restriction"
    CLOSED_VISIT = "closed_visit"
    PRE_INFO = "pre_info"
    CHILD_PROTECTION = "child_protection"
    NO_CONTACT = "no_contact"
    NO_PERMISSION = "no_permission"
    PERMISSION_NOT_YET = "permission_not_yet"
    PERMISSION_EXPIRED = "permission_expired"
    PERMISSION_USED_UP = "permission_used_up"
    RELATION_NOT_CLOSE = "relation_not_close"
    RELATION_NOT_APPROVED = "relation_not_approved"
    RELATION_NOT_YET = "relation_not_yet"
    RELATION_EXPIRED = "relation_expired"
    PRISONER_REFUSES = "prisoner_refuses"
    DOCUMENT_EXPIRED = "document_expired"
    DOCUMENT_WITHDRAWN = "document_withdrawn"
    NO_ADULT = "no_adult"
    TOO_MANY_ADULTS = "too_many_adults"
    ALREADY_INSIDE = "already_inside"
    DUPLICATE_TODAY = "duplicate_today"
    SESSION_FULL = "session_full"
    SESSION_BLOCKED = "session_blocked"
    DATE_BLOCKED = "date_blocked"
    NON_ASSOCIATION = "non_association"
