"""The rules in force: a preset taken into the register once, and read back for decisions."""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import date
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from uuid import UUID

import msgspec

from kiosk.codes import Action, Category, Condition, ReasonCode, Regime, Service, Sex
from kiosk.errors import StorageError
from kiosk.models import Rule
from kiosk.models import RuleSet as StoredSet
from kiosk.rules.preset import parse
from kiosk.rules.rule_set import (
    IsolatorGoods,
    Limit,
    Medical,
    Period,
    Reference,
    RuleRow,
    RuleSet,
    Scope,
)
from kiosk.services.desk import Desk
from kiosk.services.entry import Entry, entry
from kiosk.text import N_

log = logging.getLogger(__name__)

PRESET = "KG-DRAFT"

# Rows of `rule` that are no entitlement. A reference names the rule behind a refusal that
# no entitlement gives; its reason codes stand where services do.
_REFERENCE = "reason"
_ISOLATOR_GOODS = "isolator_goods"
_HOLD = 1


def ensure_preset(desk: Desk, text: str | None = None) -> UUID:
    """Take a rule set (KG-DRAFT unless `text` is given) into the register; its id.

    A set that is there under the same name and version is kept, whatever `text` says now:
    decisions were made by it, and a gate must not stand still for a slip in a release. New
    content comes with a new version; `differing_preset` tells where it did not, for doctor.
    Raises Invalid when the text is no rule set.
    """
    rules = parse(_preset_text() if text is None else text)
    known = _stored(rules)
    if known is not None:
        if known.content_hash != _content_hash(rules):
            log.warning("the preset %s %s differs from the one kept", rules.name, rules.version)
        return UUID(bytes=known.id.bytes)
    with entry(desk, Action.IMPORT_RULES) as e:
        rule_set_id = e.add(
            StoredSet,
            name=rules.name,
            version=rules.version,
            valid_from=rules.valid_from,
            source="preset",
            content_hash=_content_hash(rules),
        )
        e.object_id = rule_set_id
        _add_rows(e, rule_set_id, rules)
    return rule_set_id


def differing_preset(desk: Desk, text: str | None = None) -> str | None:
    """Name and version of the preset when the register keeps another content under them."""
    rules = parse(_preset_text() if text is None else text)
    known = _stored(rules)
    if known is None or known.content_hash == _content_hash(rules):
        return None
    return f"{rules.name} {rules.version}"


def _preset_text() -> str:
    return (files("kiosk.rules") / "presets" / f"{PRESET}.toml").read_text("utf-8")


def _stored(rules: RuleSet) -> StoredSet | None:
    found: StoredSet | None = (
        StoredSet.select()
        .where(StoredSet.name == rules.name, StoredSet.version == rules.version)
        .first()
    )
    return found


def _content_hash(rules: RuleSet) -> bytes:
    """Of what a set decides and quotes, not of its text: a comment in it changes nothing."""
    rows = [
        [
            row.code,
            sorted(row.services),
            row.limit,
            row.period,
            row.value,
            row.legal_ref,
            row.scope.keys,
        ]
        for row in rules.rows
    ]
    references = {code: [one.code, one.legal_ref] for code, one in rules.references.items()}
    head = [rules.name, rules.version, rules.valid_from, rules.isolator_goods]
    content = msgspec.json.encode([head, rows, references], order="deterministic")
    return sha256(content).digest()


def in_force(desk: Desk, day: date) -> RuleSet:
    """The set that decides on `day`; `confirmed` says whether the prison signed it.

    Of the sets that have begun by then the one that began last. Sets are signed only
    from a later version on, so every set serves unconfirmed until then.
    Raises StorageError when no set has begun.
    """
    return load(in_force_id(desk, day))


def in_force_id(desk: Desk, day: date) -> UUID:
    """The id of the set that decides on `day`. Raises StorageError when there is none."""
    row = (
        StoredSet.select(StoredSet.id)
        .where(StoredSet.valid_from <= day)
        .order_by(StoredSet.valid_from.desc(), StoredSet.id.desc())
        .first()
    )
    if row is None:
        raise StorageError(
            N_("No rules are in force on {day}. Nothing can be decided; import a rule set."),
            day=f"{day:%d.%m.%Y}",
        )
    found: UUID = row.id
    return found


@lru_cache(maxsize=8)
def load(rule_set_id: UUID) -> RuleSet:
    """A set as it was taken in. Its rows never change, so they are read once."""
    head = StoredSet.get_by_id(rule_set_id)
    rows: list[RuleRow] = []
    references: dict[ReasonCode, Reference] = {}
    goods = IsolatorGoods.REFUSE
    for row in Rule.select().where(Rule.rule_set_id == rule_set_id).order_by(Rule.id):
        if row.limit == _REFERENCE:
            for code in row.services:
                references[ReasonCode(code)] = Reference(row.code, row.legal_ref)
        elif row.limit == _ISOLATOR_GOODS:
            goods = IsolatorGoods.HOLD if row.value == _HOLD else IsolatorGoods.REFUSE
        else:
            rows.append(_row(row))
    return RuleSet(head.name, head.version, head.valid_from, goods, tuple(rows), references)


def _row(row: Rule) -> RuleRow:
    return RuleRow(
        row.code,
        frozenset(Service(service) for service in row.services),
        Limit(row.limit),
        Period(row.period),
        row.value,
        row.legal_ref,
        _scope(row),
    )


def _scope(row: Rule) -> Scope:
    return Scope(
        medical=Medical(row.medical) if row.medical else None,
        sex=Sex(row.sex) if row.sex else None,
        minor=row.minor,
        condition=Condition(row.condition) if row.condition else None,
        regime=Regime(row.regime) if row.regime else None,
        category=Category(row.category) if row.category else None,
    )


def _add_rows(e: Entry, rule_set_id: UUID, rules: RuleSet) -> None:
    for row in rules.rows:
        # Individual decisions are made for prisoners of the register, not in a preset.
        assert row.scope.prisoner_id is None
        e.add(
            Rule,
            rule_set_id=rule_set_id,
            code=row.code,
            services=row.services,
            minor=row.scope.minor,
            category=row.scope.category,
            regime=row.scope.regime,
            condition=row.scope.condition,
            sex=row.scope.sex,
            medical=row.scope.medical,
            limit=row.limit,
            period=row.period,
            value=row.value,
            legal_ref=row.legal_ref,
        )
    reasons: dict[Reference, list[ReasonCode]] = defaultdict(list)
    for code, reference in rules.references.items():
        reasons[reference].append(code)
    for reference, codes in reasons.items():
        e.add(
            Rule,
            rule_set_id=rule_set_id,
            code=reference.code,
            services=codes,
            limit=_REFERENCE,
            period=Period.EACH,
            legal_ref=reference.legal_ref,
        )
    e.add(
        Rule,
        rule_set_id=rule_set_id,
        code=_ISOLATOR_GOODS,
        services=[],
        limit=_ISOLATOR_GOODS,
        period=Period.EACH,
        value=_HOLD if rules.isolator_goods is IsolatorGoods.HOLD else 0,
        legal_ref=rules.name,
    )
