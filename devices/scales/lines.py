"""One line of text from a scale → what it shows. Pure.

Known forms, by whose documents describe them; anything else is not understood:

    ST,+00123.45  g         A&D balances (EJ, EK, FZ manuals, "A&D standard format")
    ST,GS,+01234.5kg        A&D indicators (AD-4329, AD-4402), CAS 18 bytes, many others
    ST,GS,iL,00123.45 kg    CAS 22 bytes (CI-400, NT-200, PDS manuals): device, lamps
    S S     100.00 g        MT-SICS: S stable, D moving, I busy, + and - out of range
    N     +   123.45 kg ?   Ohaus and Sartorius prints: "?" where it moves, or no unit

An A&D line may bear an address, `@01`, before it.
"""

from __future__ import annotations

import re

from devices.scales.weights import MOVING, OVERLOADED, UNDERLOADED, Shown, grams

_NUMBER = r"[+-]?[ ]*[0-9]+(?:[.,][0-9]*)?"
_UNIT = r"[A-Za-z]{1,2}"

# A comma may stand for the point, with digits behind it, or before the unit.
_HEADED = re.compile(
    r"(?:@[0-9]{2})?(?P<state>ST|US|OL|LO),"
    r"(?:(?P<mode>GS|NT|TR|PT|[GNT][ ~]),)?"
    rf"(?P<data>(?:[^,]|,(?=[0-9]))*?)[ ]*,?[ ]*(?P<unit>{_UNIT})?[ ]*"
)
_CAS = re.compile(
    # Which device, and which of its lamps are lit: any two bytes. Its length is fixed.
    r"(?P<state>ST|US|OL),(?P<mode>GS|NT),.{2},(?P<data>.{8})[ ](?P<unit>kg|lb|oz|[ ][gt])",
    re.DOTALL,
)
_DATA = re.compile(_NUMBER)
_SICS = re.compile(rf"S (?P<state>[SD]) +(?P<data>-?[ ]*[0-9.]+) +(?P<unit>{_UNIT})[ ]*")
_PRINTED = re.compile(
    rf"(?P<mode>[GN])?[ ]*(?P<data>{_NUMBER})[ ]*(?P<unit>{_UNIT})?[ ]*(?P<moves>[?])?[ ]*"
)

_OUT_OF_RANGE = {"S +": OVERLOADED, "S -": UNDERLOADED, "S I": MOVING}

# Lines that tell of a tare, not of what lies there now.
_TARE = ("TR", "PT", "T", "T~")


class NotUnderstood(ValueError):
    """A line of no known form."""


def shown_by(line: str, unit: str = "") -> Shown | None:
    """What a line says, without its end marks; None when it says nothing of a weight.

    `unit` is that of a scale that sends none. Raises NotUnderstood.
    """
    text = line.rstrip()
    if text in _OUT_OF_RANGE:
        return _OUT_OF_RANGE[text]
    if found := _SICS.fullmatch(line):
        return _weight(found, found["state"] == "S")
    if found := _CAS.fullmatch(line) or _HEADED.fullmatch(line):
        return _headed(found, unit)
    if found := _PRINTED.fullmatch(line.strip()):
        if found["moves"] or not (found["unit"] or unit):
            return MOVING
        return _weight(found, None, unit, tared=found["mode"] == "N")
    raise NotUnderstood


def _headed(found: re.Match[str], unit: str) -> Shown | None:
    mode = (found["mode"] or "").strip()
    if mode in _TARE:
        return None
    if found["state"] in ("OL", "LO"):
        negative = found["data"].lstrip().startswith("-")
        return UNDERLOADED if negative else OVERLOADED
    if not _DATA.fullmatch(found["data"].strip()):
        raise NotUnderstood
    return _weight(found, found["state"] == "ST", unit, tared=mode.startswith("N"))


def _weight(
    found: re.Match[str], stable: bool | None, unit: str = "", *, tared: bool = False
) -> Shown:
    weight = grams(found["data"], (found["unit"] or unit).strip())
    if weight is None:
        raise NotUnderstood
    return Shown(weight, stable, tared)
