"""The rules in words: a row, a set, and what a set would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from kiosk.clock import local_day
from kiosk.codes import Service
from kiosk.rules.preset import Finding
from kiosk.rules.rule_set import RuleRow, RuleSet, Scope
from kiosk.rules.terms import IsolatorGoods, Limit, Medical, Period
from kiosk.text import N_, _, clean, fill
from kiosk.values.rulebook import RowChange, RuleSetLine, RuleSetPreview
from kiosk.wording.codes import label
from kiosk.wording.reasons import day_text, law

MEDICAL: Mapping[Medical, str] = {
    Medical.ILL: N_("ill"),
    Medical.PREGNANT: N_("pregnant"),
    Medical.CHILD_UNDER_3: N_("with a child under 3"),
}
_AMOUNTS: Mapping[tuple[Limit, Period], str] = {
    (Limit.COUNT, Period.YEAR): N_("{value} a year"),
    (Limit.COUNT, Period.MONTH): N_("{value} a month"),
    (Limit.COUNT, Period.WEEK): N_("{value} a week"),
    (Limit.GRAMS, Period.EACH): N_("{value} g each"),
    (Limit.GRAMS, Period.WEEK): N_("{value} g a week"),
    (Limit.GRAMS, Period.MONTH): N_("{value} g a month"),
    (Limit.GRAMS, Period.YEAR): N_("{value} g a year"),
    (Limit.MAX_ADULTS, Period.EACH): N_("adults at most: {value}"),
    (Limit.HOURS, Period.EACH): N_("hours at most: {value}"),
    (Limit.DAYS, Period.EACH): N_("days at most: {value}"),
    (Limit.MIN_INTERVAL, Period.EACH): N_("days between: {value}"),
}
_NO_LIMIT: Mapping[Limit, str] = {
    Limit.COUNT: N_("any number"),
    Limit.GRAMS: N_("any weight"),
    Limit.MAX_ADULTS: N_("any number of adults"),
    Limit.HOURS: N_("any length"),
    Limit.DAYS: N_("any length"),
    Limit.MIN_INTERVAL: N_("any days between"),
}
_GOODS: Mapping[IsolatorGoods, str] = {
    IsolatorGoods.REFUSE: N_("Isolator: ordinary goods are refused."),
    IsolatorGoods.HOLD: N_("Isolator: ordinary goods are taken in and held."),
}


# ---- a row


def how_much(limit: Limit, period: Period, value: int | None) -> str:
    """6 a year; 20 000 g each; any number."""
    if value is None:
        return _(_NO_LIMIT[limit])
    return fill(_(_AMOUNTS[limit, period]), value=f"{value:,}".replace(",", " "))


def amount(row: RuleRow) -> str:
    return how_much(row.limit, row.period, row.value)


def for_whom(scope: Scope) -> str:
    """convict, general, ordinary; everybody."""
    words = [
        label(code)
        for code in (scope.category, scope.regime, scope.condition, scope.sex)
        if code is not None
    ]
    if scope.minor is not None:
        words.append(_(N_("minor")) if scope.minor else _(N_("adult")))
    if scope.medical is not None:
        words.append(_(MEDICAL[scope.medical]))
    if scope.prisoner_id is not None:
        words.append(scope.prisoner_id)
    return ", ".join(words) or _(N_("everybody"))


def what_for(services: Iterable[Service]) -> str:
    """The services of a row; several share one balance."""
    return " + ".join(label(service) for service in Service if service in set(services))


def whole(row: RuleRow) -> str:
    """A row on one line, its reference apart."""
    return f"{row.code}  {what_for(row.services)}: {for_whom(row.scope)}: {amount(row)}"


def by_service(rows: Iterable[RuleRow]) -> list[tuple[frozenset[Service], list[RuleRow]]]:
    """The rows that are about the same services together, in the order of a set."""
    together: dict[frozenset[Service], list[RuleRow]] = {}
    for row in rows:
        together.setdefault(row.services, []).append(row)
    return list(together.items())


# ---- a set


def headline(rules: RuleSet) -> str:
    """KG-DRAFT 2, from 01.01.2019; and that nobody has signed it."""
    head = fill(
        _(N_("{name}, from {day}")),
        name=f"{rules.name} {rules.version}",
        day=day_text(rules.valid_from),
    )
    return head if rules.confirmed else f"{head}   {_(N_('NOT CONFIRMED'))}"


def isolator(rules: RuleSet) -> str:
    return _(_GOODS[rules.isolator_goods])


def signer(line: RuleSetLine) -> str:
    """Who stands by a set, or that nobody does."""
    return line.signer or _(N_("NOT CONFIRMED"))


def signed(line: RuleSetLine, zone: ZoneInfo) -> str:
    """Who stands by a set, since when, and who wrote it down; or that nobody does."""
    if line.signed_at is None:
        return signer(line)
    said = _(N_("signed on {day}: {signer}; entered by: {name}"))
    day = day_text(local_day(line.signed_at, zone))
    return fill(said, day=day, signer=line.signer, name=line.signed_by)


# ---- what is wrong with a set


def found(finding: Finding) -> str:
    """The row, what is wrong with it, what to do."""
    return _plain(f"{finding.rule}: {fill(_(finding.sentence), **finding.values)}")


def warned(hole: Finding) -> str:
    """The service of which somebody has nothing."""
    warning = _(N_("warning:"))
    return _plain(f"{hole.rule}: {warning} {fill(_(hole.sentence), **hole.values)}")


def _plain(said: str) -> str:
    """Nothing that stands in a file may move the cursor of whoever is told about it."""
    return clean(said, len(said))


# ---- what a set would change


def changed(change: RowChange) -> str:
    """`+` a new row, `-` one that is gone, `*` one that says otherwise: old → new."""
    before, after = change.before, change.after
    if before is None or after is None:
        row = after or before
        assert row is not None
        return f"{'+' if before is None else '-'} {whole(row)}"
    parts = [
        (what_for(before.services), what_for(after.services)),
        (for_whom(before.scope), for_whom(after.scope)),
        (amount(before), amount(after)),
        (law(before.legal_ref), law(after.legal_ref)),
    ]
    said = [parts[0][1], *(f"{old} → {new}" for old, new in parts[1:] if old != new)]
    if parts[0][0] != parts[0][1]:
        said[0] = f"{parts[0][0]} → {parts[0][1]}"
    return f"* {after.code}  {': '.join(said)}"


def effect(preview: RuleSetPreview) -> str:
    """From which day the set would decide."""
    day = day_text(preview.first_day)
    if preview.decides_unsigned:
        return fill(_(N_("No set is signed: this one decides from {day} on.")), day=day)
    return fill(_(N_("Decides once it is signed, for days from {day} on.")), day=day)


def previewed(preview: RuleSetPreview) -> list[str]:
    """All that taking a set in would change, a line each."""
    lines = [headline(preview.rules)]
    if preview.known:
        lines.append(_(N_("The register keeps this rule set already.")))
    against = preview.against or _(N_("no rule set"))
    lines.append(fill(_(N_("Compared with: {name}")), name=against))
    lines.append(effect(preview))
    marks = [changed(one)[0] for one in preview.changes]
    if marks:
        counted = N_("New rows: {new}   changed: {changed}   gone: {gone}")
        new, other, gone = (marks.count(mark) for mark in "+*-")
        lines.append(fill(_(counted), new=new, changed=other, gone=gone))
    else:
        lines.append(_(N_("No row says anything else.")))
    lines += [changed(one) for one in preview.changes]
    return lines
