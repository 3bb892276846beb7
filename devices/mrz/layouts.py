"""Where each field stands in every machine-readable zone that is read, and which zone it is.

ICAO Doc 9303 part 5, section 4.2 (TD1), part 6, section 4.2 (TD2), part 4, section 4.2 (TD3),
part 7, sections 4.2 and 5.2 (visas of formats A and B). The French identity card of 1988 to
2021 and the internal passport of Russia have layouts of their own. Positions there count from
1, the places here from 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from devices.mrz.answer import Format
from devices.mrz.countries import ISSUERS, NATIONALITIES
from devices.mrz.zone import Layout, Place, Zone

TD1_WIDTH = 30
TD2_WIDTH = 36
TD3_WIDTH = 44

TD1_FIRST_LETTERS = "ACI"
TD2_FIRST_LETTERS = "ACI"
TD3_FIRST_LETTER = "P"
VISA_FIRST_LETTER = "V"

# A name line may have a few fillers too many; beyond that it belongs to another width.
MOST_EXTRA_FILLERS = 3

_TD1 = Layout(
    format=Format.TD1,
    width=TD1_WIDTH,
    lines=3,
    document_code=Place(0, 0, 2),
    issuer=Place(0, 2, 5),
    names=(Place(2, 0, 30),),
    number=Place(0, 5, 14),
    number_check=Place(0, 14, 15),
    overflow=Place(0, 15, 30),
    nationality=Place(1, 15, 18),
    birth=Place(1, 0, 6),
    birth_check=Place(1, 6, 7),
    sex=Place(1, 7, 8),
    expiry=Place(1, 8, 14),
    expiry_check=Place(1, 14, 15),
    optional=(Place(0, 15, 30), Place(1, 18, 29)),
    optional_check=None,
    composite=Place(1, 29, 30),
    composite_of=(Place(0, 5, 30), Place(1, 0, 7), Place(1, 8, 15), Place(1, 18, 29)),
)
_TD3 = Layout(
    format=Format.TD3,
    width=TD3_WIDTH,
    lines=2,
    document_code=Place(0, 0, 2),
    issuer=Place(0, 2, 5),
    names=(Place(0, 5, 44),),
    number=Place(1, 0, 9),
    number_check=Place(1, 9, 10),
    overflow=None,
    nationality=Place(1, 10, 13),
    birth=Place(1, 13, 19),
    birth_check=Place(1, 19, 20),
    sex=Place(1, 20, 21),
    expiry=Place(1, 21, 27),
    expiry_check=Place(1, 27, 28),
    optional=(Place(1, 28, 42),),
    optional_check=Place(1, 42, 43),
    composite=Place(1, 43, 44),
    composite_of=(Place(1, 0, 10), Place(1, 13, 20), Place(1, 21, 43)),
)
_TD2 = replace(
    _TD3,
    format=Format.TD2,
    width=TD2_WIDTH,
    names=(Place(0, 5, 36),),
    overflow=Place(1, 28, 35),
    optional=(Place(1, 28, 35),),
    optional_check=None,
    composite=Place(1, 35, 36),
    composite_of=(Place(1, 0, 10), Place(1, 13, 20), Place(1, 21, 35)),
)
_MRVA = replace(
    _TD3,
    format=Format.MRVA,
    optional=(Place(1, 28, 44),),
    optional_check=None,
    composite=None,
    composite_of=(),
)
_MRVB = replace(
    _MRVA,
    format=Format.MRVB,
    width=TD2_WIDTH,
    names=(Place(0, 5, 36),),
    optional=(Place(1, 28, 36),),
)
# The series of four digits and the number of six: three digits of the series stand before the
# number, the fourth opens the optional data (order of the Interior Ministry of Russia of 2011).
_RUS_INTERNAL = replace(_TD3, format=Format.RUS_INTERNAL)
_FRA_ID = Layout(
    format=Format.FRA_ID,
    width=TD2_WIDTH,
    lines=2,
    document_code=Place(0, 0, 2),
    issuer=Place(0, 2, 5),
    names=(Place(0, 5, 30), Place(1, 13, 27)),
    number=Place(1, 0, 12),
    number_check=Place(1, 12, 13),
    overflow=None,
    nationality=None,
    birth=Place(1, 27, 33),
    birth_check=Place(1, 33, 34),
    sex=Place(1, 34, 35),
    expiry=None,
    expiry_check=None,
    optional=(Place(0, 30, 36),),
    optional_check=None,
    composite=Place(1, 35, 36),
    composite_of=(Place(0, 0, 36), Place(1, 0, 35)),
)

_RUSSIAN = "PNRUS"
_FRENCH = "IDFRA"

LAYOUTS: Mapping[Format, Layout] = MappingProxyType(
    {
        layout.format: layout
        for layout in (_TD1, _TD2, _TD3, _MRVA, _MRVB, _FRA_ID, _RUS_INTERNAL)
    }
)

_DATE_CHARACTERS = frozenset("0123456789<")


def layout_of(lines: Sequence[str]) -> Layout | None:
    """The layout that `lines` have by their number and the first line's start, visas also by
    their length; None when there is none. Whether they are as long as it says is not looked at.
    """
    if not lines or not all(lines):
        return None
    first = lines[0][0]
    if len(lines) == 3:
        return _TD1 if first in TD1_FIRST_LETTERS else None
    if len(lines) != 2:
        return None
    upper, lower = lines
    if upper.startswith(_FRENCH):
        return _french_or_td2(upper, lower)
    if first in TD2_FIRST_LETTERS:
        # Shorter ones are two of the three lines of a TD1 card.
        return _TD2 if len(lower) > TD1_WIDTH else None
    if first == VISA_FIRST_LETTER:
        small = max(len(upper) - MOST_EXTRA_FILLERS, len(lower)) <= TD2_WIDTH
        return _MRVB if small else _MRVA
    if upper.startswith(_RUSSIAN):
        return _RUS_INTERNAL
    return _TD3 if first == TD3_FIRST_LETTER else None


def _french_or_td2(upper: str, lower: str) -> Layout:
    """France gives out other cards of this size, laid out by ICAO."""
    if len(upper) != TD2_WIDTH or len(lower) != TD2_WIDTH:
        return _FRA_ID
    lines = (upper, lower)
    is_td2 = Zone(_TD2, lines).agrees and not Zone(_FRA_ID, lines).agrees
    return _TD2 if is_td2 else _FRA_ID


def closes(lines: Sequence[str]) -> bool:
    """Whether these are a whole zone of any layout with every check digit right.

    Where that proves little, dates and states are looked at too: visas have no composite, and
    the lower line of a TD2 card may be the beginning of a longer one.
    """
    layout = layout_of(lines)
    if layout is None or any(len(line) != layout.width for line in lines):
        return False
    zone = Zone(layout, tuple(lines))
    # Looked at first: a framer asks at every character that could end a zone.
    if layout.composite is not None and not zone.cut(layout.composite).isdecimal():
        return False
    if layout.composite is not None and layout is not _TD2:
        return zone.agrees
    return (
        zone.agrees
        and _DATE_CHARACTERS.issuperset(zone.birth + zone.expiry)
        and zone.issuer.rstrip("<") in ISSUERS
        and zone.nationality.rstrip("<") in NATIONALITIES
    )
