"""What the catalogue says of a thing, in words: may it pass, how much of it, for how long."""

from __future__ import annotations

from kiosk.codes import Allowed, Verdict
from kiosk.text import N_, _, fill
from kiosk.values.goods import CatalogueEntry
from kiosk.wording.codes import label
from kiosk.wording.reasons import weight


def may_pass(entry: CatalogueEntry) -> str:
    """Forbidden, to the doctor, at most so much, or allowed."""
    if entry.medical and entry.allowed is not Allowed.FORBIDDEN:
        return label(Verdict.MEDICAL)
    if entry.allowed is Allowed.LIMITED:
        return fill(_(N_("at most {amount}")), amount=amount(entry))
    return label(entry.allowed)


def amount(entry: CatalogueEntry) -> str:
    """How much of a limited thing one package may hold; empty without a limit."""
    if entry.max_grams is not None:
        return weight(entry.max_grams)
    return f"{entry.max_pieces} {label(entry.unit)}" if entry.max_pieces is not None else ""


def spoils(entry: CatalogueEntry) -> str:
    """Within how many hours, or days where it is many; empty for what keeps."""
    hours = entry.perishable_hours
    if hours is None:
        return ""
    if hours > 72 and not hours % 24:
        return fill(_(N_("keeps {count} days")), count=hours // 24)
    return fill(_(N_("keeps {count} h")), count=hours)
