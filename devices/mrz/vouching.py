"""What a zone's own check digits say of each field."""

from __future__ import annotations

from devices.mrz.answer import Evidence, Format
from devices.mrz.zone import Zone

_FIELDS = (
    "document_code",
    "issuer",
    "document_number",
    "surname",
    "given_names",
    "nationality",
    "birth_date",
    "sex",
    "expiry_date",
    "optional",
)
# On the French card the composite covers all characters of both lines.
_COVERED_ON_THE_FRENCH_CARD = (
    "document_code",
    "issuer",
    "surname",
    "given_names",
    "sex",
    "optional",
)


def evidence_of(zone: Zone) -> dict[str, Evidence]:
    """By field name, and `composite`."""
    evidence = dict.fromkeys((*_FIELDS, "composite"), Evidence.UNCOVERED)
    # The fourth digit of the series is under the check digit of the optional data.
    number_agrees = zone.number_agrees and (
        zone.format is not Format.RUS_INTERNAL or zone.optional_agrees
    )
    evidence["document_number"] = _vouched(number_agrees)
    # A filler for the check digit of nothing says nothing.
    if zone.birth_check != "<" or not zone.birth_agrees:
        evidence["birth_date"] = _vouched(zone.birth_agrees)
    if zone.expiry_check not in ("", "<") or not zone.expiry_agrees:
        evidence["expiry_date"] = _vouched(zone.expiry_agrees)
    if zone.layout.composite is not None:
        evidence["composite"] = _vouched(zone.composite_agrees)
        only_composite = _by_the_composite(zone)
        if zone.layout.optional_check is None:
            evidence["optional"] = only_composite
        if zone.format is Format.FRA_ID:
            evidence |= dict.fromkeys(_COVERED_ON_THE_FRENCH_CARD, only_composite)
    if zone.layout.optional_check is not None:
        evidence["optional"] = _vouched(zone.optional_agrees)
    return evidence


def is_unreadable(zone: Zone) -> bool:
    """Whether number, birth and expiry, as many as are given, all fail their check digits."""
    given = [zone.number_agrees]
    if zone.birth.strip("<") or not zone.birth_agrees:
        given.append(zone.birth_agrees)
    if zone.expiry.strip("<") or not zone.expiry_agrees:
        given.append(zone.expiry_agrees)
    return not any(given)


def _by_the_composite(zone: Zone) -> Evidence:
    """Of what the composite alone covers. When another field is wrong, that explains the
    composite, and of these nothing is known."""
    if zone.composite_agrees:
        return Evidence.VERIFIED
    own = zone.number_agrees and zone.birth_agrees and zone.expiry_agrees
    return Evidence.REFUTED if own else Evidence.UNCOVERED


def _vouched(right: bool) -> Evidence:
    return Evidence.VERIFIED if right else Evidence.REFUTED
