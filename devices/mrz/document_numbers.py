"""How the numbers of some states' documents are built, and which series were withdrawn.

Where a check digit is blind (6 and G, 8 and S, 5 and Z, 1 and L), only this is not.
"""

from __future__ import annotations

import re
from types import MappingProxyType

from devices.mrz.answer import Format
from devices.mrz.zone import Zone

# L a letter, D a digit, A either. Sure enough to put a number right by: Kyrgyz and Uzbek
# documents as seen on public samples; the Russian series and number; of the French card the two
# digits of the year and of the month, three characters of the department (2A and 2B are
# Corsica's), five digits.
_SURE = MappingProxyType(
    {
        ("KGZ", Format.TD1): "LLDDDDDDD",
        ("KGZ", Format.TD3): "LLDDDDDDD",
        ("UZB", Format.TD1): "LLDDDDDDD",
        ("UZB", Format.TD3): "LLDDDDDDD",
        ("RUS", Format.RUS_INTERNAL): "D" * 9,
        ("FRA", Format.FRA_ID): "DDDDAAADDDDD",
    }
)

# What else is no such number is doubted, but nothing is put right by these: Kazakh passports
# are N and eight digits and the cards nine digits, Russian passports nine digits, as far as
# they were seen.
_USUAL = MappingProxyType(
    {
        ("KAZ", Format.TD3): re.compile(r"N\d{8}", re.ASCII),
        ("KAZ", Format.TD1): re.compile(r"\d{9}", re.ASCII),
        ("RUS", Format.TD3): re.compile(r"\d{9}", re.ASCII),
        ("RUS", Format.RUS_INTERNAL): re.compile(r"\d{10}", re.ASCII),
        ("FRA", Format.FRA_ID): re.compile(
            r"\d\d(0[1-9]|1[0-2])(\d\d|2[AB])[0-9A-Z]\d{5}", re.ASCII
        ),
    }
)
_BY_KIND = MappingProxyType({"L": "[A-Z]", "D": "[0-9]", "A": "[A-Z0-9]"})
_PATTERNS = MappingProxyType(
    {key: re.compile("".join(_BY_KIND[kind] for kind in kinds)) for key, kinds in _SURE.items()}
    | dict(_USUAL)
)

# One of these among digits is likelier the 6, 8, 5 or 1 that its check digit cannot tell from
# it: where numbers have letters, these come first, or are several. But the cards of Turkey and
# the newer passports of Korea have one in the middle, and German numbers mix all.
_BLIND = re.compile(r"[A-Z]{0,3}\d+[GSZL]\d*", re.ASCII)
_LETTERS_ANYWHERE = frozenset({"TUR", "KOR", "D<<"})

# The last filler of a number of eight, taken for a K; no check digit sees it.
_FILLER_AT_THE_END = re.compile(r"([A-Z]{0,2}\d{6,8})K", re.ASCII)

# Kyrgyz identity cards of the series of 2004 ceased to be valid in 2024.
_WITHDRAWN = MappingProxyType({("KGZ", Format.TD1): "AN"})


def kinds(issuer: str, format_: Format) -> str | None:
    """L, D or A for each character of a number whose build is sure; None where it is not."""
    return _SURE.get((issuer, format_))


def document_number(zone: Zone) -> str:
    """The number as people write it: the Russian one behind its series of four digits."""
    number = zone.number.rstrip("<")
    if zone.format is not Format.RUS_INTERNAL:
        return number
    return number[:3] + zone.optional[0][:1].strip("<") + number[3:]


def is_odd(zone: Zone) -> bool:
    """Whether a number is not built like this state's, or like none at all."""
    number = document_number(zone)
    if not number or "<" in number:
        return True
    pattern = _PATTERNS.get((zone.issuer, zone.format))
    if pattern is not None:
        return not pattern.fullmatch(number)
    if _BLIND.fullmatch(number) and zone.issuer not in _LETTERS_ANYWHERE:
        return True
    return _FILLER_AT_THE_END.fullmatch(number) is not None


def is_withdrawn(zone: Zone) -> bool:
    series = _WITHDRAWN.get((zone.issuer, zone.format))
    return series is not None and zone.number.startswith(series)
