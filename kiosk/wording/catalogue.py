"""What the catalogue says of a thing, in words: may it pass, how much of it, for how long."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.codes import Allowed, Verdict
from kiosk.text import N_, _, fill, language
from kiosk.values.goods import CatalogueEntry
from kiosk.values.imports import NewThing, ThingChange
from kiosk.wording.codes import label
from kiosk.wording.reasons import day_text, weight


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


def new_thing(one: NewThing) -> str:
    """A line of a file with a thing that the catalogue does not have."""
    return fill(
        _(N_("line {line}, {code}: new from {day}, {name}")),
        line=one.line,
        code=one.code,
        day=day_text(one.since),
        name=one.name.in_language(language()),
    )


def changes(change: ThingChange) -> Iterator[str]:
    """What a line of a file says otherwise than the catalogue, field by field."""
    for field in change.fields:
        yield fill(
            _(N_("line {line}, {code}: from {day} {field}: {old} → {new}")),
            line=change.line,
            code=change.code,
            day=day_text(change.since),
            field=field.column,
            old=field.old or "-",
            new=field.new or "-",
        )
