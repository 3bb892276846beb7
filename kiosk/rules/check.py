"""A rule set read before it is taken in: all that is wrong with it, and where it has holes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from kiosk.codes import Category, Condition, Regime, Service
from kiosk.rules.kinds import PRIVILEGED
from kiosk.rules.preset import Finding, examine
from kiosk.rules.rule_set import RuleRow, RuleSet
from kiosk.rules.terms import Limit
from kiosk.text import N_, clean

# What the register keeps of each text, in characters.
NAME, VERSION, CODE, LEGAL_REF = 60, 20, 24, 300

# The services that nobody has without a row.
NEED_A_ROW = tuple(service for service in Service if service not in PRIVILEGED)
_GIVING = (Limit.COUNT, Limit.GRAMS)


@dataclass(frozen=True, slots=True)
class Checked:
    """`rules` None: the text cannot be used, and `findings` say why. `holes` only warn."""

    rules: RuleSet | None
    findings: tuple[Finding, ...]
    holes: tuple[Finding, ...] = ()


def check(text: str) -> Checked:
    """Everything found in a rule set written as TOML. Takes any text."""
    rules, findings = examine(text)
    if rules is None:
        return Checked(None, findings)
    faulty = tuple(faults(rules))
    return Checked(None if faulty else rules, faulty, tuple(holes(rules)))


def faults(rules: RuleSet) -> Iterator[Finding]:
    """Why a readable set cannot be kept in the register."""
    for key, text, limit in (("name", rules.name, NAME), ("version", rules.version, VERSION)):
        yield from _unfit(key, text, limit)
    quoted = [(one.code, one.legal_ref) for one in rules.references.values()]
    quoted += [(row.code, row.legal_ref) for row in rules.rows]
    for code, legal_ref in sorted(set(quoted)):
        yield from _unfit(code, code, CODE)
        yield from _unfit(code, legal_ref, LEGAL_REF)
    said: dict[str, str] = {}
    for reason, reference in rules.references.items():
        if said.setdefault(reference.code, reference.legal_ref) != reference.legal_ref:
            yield Finding(
                f"references.{reason}",
                N_("has the id {id} of another reference. Give it one of its own."),
                {"id": reference.code},
            )
    for row in rules.rows:
        if row.code in said:
            yield Finding(row.code, N_("is the id of a reference too. Give it another one."))
        if row.scope.prisoner_id is not None:
            yield Finding(
                row.code,
                N_(
                    "is about one prisoner. Take it out here and enter it at the kiosk, Setup,"
                    " as an individual decision."
                ),
            )


def holes(rules: RuleSet) -> Iterator[Finding]:
    """The services of which some prisoners have nothing, because no row answers for them.

    That may be meant so; it is refused with `no_rule` then. The finding's place is the
    service.
    """
    kinds = list(product(Regime, Condition))
    for service, category in product(NEED_A_ROW, Category):
        rows = [row for row in rules.rows if service in row.services and row.limit in _GIVING]
        without = [
            f"{regime} {condition}"
            for regime, condition in kinds
            if not any(_may_hold(row, category, regime, condition) for row in rows)
        ]
        if len(without) == len(kinds):
            sentence = N_(
                "no row answers for {category}: refused. Add one if that is not meant."
            )
            yield Finding(service, sentence, {"category": category})
        elif without:
            sentence = N_(
                "no row answers for {category}, {kinds}: refused. Add one if that is not meant."
            )
            yield Finding(
                service, sentence, {"category": category, "kinds": ", ".join(without)}
            )


def _may_hold(row: RuleRow, category: Category, regime: Regime, condition: Condition) -> bool:
    scope = row.scope
    return (
        scope.category in (None, category)
        and scope.regime in (None, regime)
        and scope.condition in (None, condition)
    )


def _unfit(rule: str, text: str, limit: int) -> Iterator[Finding]:
    if len(text) > limit:
        sentence = N_("has a text of more than {limit} characters. Shorten it.")
        yield Finding(rule[:CODE], sentence, {"limit": limit})
    elif clean(text, limit) != text:
        sentence = N_("has a text with double spaces, line ends or signs that are not letters.")
        yield Finding(rule, sentence)
