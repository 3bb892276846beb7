"""Document codes whose second letter is likely a filler that was misread.

The second letter is the issuer's choice (ICAO Doc 9303 part 3), but few use those that a filler
is taken for, and no check digit covers it.
"""

from __future__ import annotations

from devices.mrz.countries import ORGANIZATIONS, STATELESS
from devices.mrz.look_alikes import FILLER_READ_AS
from devices.mrz.zone import Zone

# In second place of no passport, card or visa.
_IMPOSSIBLE = frozenset("KG")
_IMPOSSIBLE_ON_PASSPORTS = frozenset("KGC")


def is_impossible(zone: Zone) -> bool:
    """Whether the second letter can be nothing but a filler."""
    first, second = zone.document_code[0], zone.document_code[1]
    return second in (_IMPOSSIBLE_ON_PASSPORTS if first == "P" else _IMPOSSIBLE)


def is_odd(zone: Zone) -> bool:
    """Whether the code is to be compared with the document."""
    code = zone.document_code
    # Crew members' cards; visas of type C, as the Schengen states and China print them.
    if code in ("AC", "VC"):
        return False
    # Of a stateless person; the laissez-passer of an organization (part 4, section 4.2.2.1).
    if code == "PS":
        return zone.nationality.rstrip("<") != STATELESS
    if code == "PL":
        return zone.issuer not in ORGANIZATIONS
    return code[1] in FILLER_READ_AS or code[1] == "L" or code[1].isdecimal()
