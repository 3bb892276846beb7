"""Which rules decide on a day: the sets of the register, read back as they were taken in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from uuid import UUID

from peewee import JOIN, fn

from kiosk.codes import Category, Condition, ReasonCode, Regime, Service, Sex
from kiosk.errors import StorageError
from kiosk.models import AuditEntry, Rule, Signature
from kiosk.models import RuleSet as StoredSet
from kiosk.rules.rule_set import Reference, RuleRow, RuleSet, Scope
from kiosk.rules.terms import IsolatorGoods, Limit, Medical, Period
from kiosk.services import staff
from kiosk.services.desk import Desk
from kiosk.services.entry import day_now
from kiosk.services.prepared import Prepared
from kiosk.text import N_
from kiosk.values.rulebook import RuleSetLine

# Rows of `rule` that are no entitlement. A reference names the rule behind a refusal that
# no entitlement gives; its reason codes stand where services do.
REFERENCE = "reason"
ISOLATOR_GOODS = "isolator_goods"
HOLD = 1


FIRST = ("KG-DRAFT", "2")
"""Name and version of the preset by which a register begins; others come in when asked for."""


def in_force(desk: Desk, day: date) -> RuleSet:
    """The set that decides on `day`; `confirmed` says whether the prison signed it.

    The signed set that began last by then, so an older one stays in force for its days.
    While none was signed for the day, the unsigned one that began last serves.
    Raises StorageError when no set has begun.
    """
    return load(in_force_id(desk, day))


def in_force_id(desk: Desk, day: date) -> UUID:
    """The id of the set that decides on `day`. Raises StorageError when there is none."""
    found = decides_on(day)
    if found is None:
        raise StorageError(
            N_("No rules are in force on {day}. Nothing can be decided; import a rule set."),
            day=f"{day:%d.%m.%Y}",
        )
    return found


def decides_on(day: date) -> UUID | None:
    """The id of the set that decides on `day`, None where none has begun."""
    for row in _DECIDES_ON(day):
        found: UUID = row.id
        return found
    return None


_DECIDES_ON = Prepared(
    lambda day: (
        StoredSet.select(StoredSet.id)
        .join(Signature, JOIN.LEFT_OUTER, on=(Signature.target_id == StoredSet.id))
        .where(StoredSet.valid_from <= day)
        # Of two that begin on one day the prison stands by the one it signed last.
        .order_by(
            Signature.id.is_null(),
            StoredSet.valid_from.desc(),
            Signature.id.desc(),
            StoredSet.id.desc(),
        )
        .limit(1)
    )
)


def load(rule_set_id: UUID) -> RuleSet:
    """A set as it was taken in, and whether it is signed by now."""
    return _as_signed(rule_set_id, is_signed(rule_set_id))


def shown(desk: Desk, rule_set_id: UUID) -> RuleSet:
    """A set of the register, to be read."""
    return load(rule_set_id)


def is_signed(rule_set_id: UUID) -> bool:
    return bool(_SIGNED(rule_set_id))


_SIGNED = Prepared(
    lambda rule_set_id: (
        Signature.select(Signature.id)
        .where(Signature.target_id == rule_set_id)
        .limit(1)
        .tuples()
    )
)


def stored(name: str, version: str) -> StoredSet | None:
    """The set of that name and version, however many gates could have one."""
    found: StoredSet | None = (
        StoredSet.select().where(StoredSet.name == name, StoredSet.version == version).first()
    )
    return found


def named(name: str, version: str = "") -> UUID | None:
    """The id of the set of that name, in the version given or else the last one taken in."""
    query = StoredSet.select(StoredSet.id).where(StoredSet.name == name)
    if version:
        query = query.where(StoredSet.version == version)
    row = query.order_by(StoredSet.id.desc()).first()
    if row is None:
        return None
    found: UUID = row.id
    return found


def sets(desk: Desk) -> tuple[RuleSetLine, ...]:
    """All sets of the register, the one that began last first."""
    signed_by = {one.target_id: one for one in Signature.select().order_by(Signature.id)}
    counted = (
        Rule.select(Rule.rule_set_id, fn.COUNT(Rule.id))
        .where(Rule.limit.not_in((REFERENCE, ISOLATOR_GOODS)))
        .group_by(Rule.rule_set_id)
    )
    rows: dict[UUID, int] = dict(counted.tuples().iterator())
    decides = decides_on(day_now(desk))
    lines = []
    for one in StoredSet.select().order_by(StoredSet.valid_from.desc(), StoredSet.id.desc()):
        signature = signed_by.get(one.id)
        lines.append(
            RuleSetLine(
                rule_set_id=one.id,
                name=one.name,
                version=one.version,
                valid_from=one.valid_from,
                source=one.source,
                rows=rows.get(one.id, 0),
                decides=one.id == decides,
                signer=signature.signer if signature else "",
                signed_by=staff.name_of(signature.staff_id) if signature else "",
                signed_at=_recorded_at(signature) if signature else None,
            )
        )
    return tuple(lines)


def _recorded_at(signature: Signature) -> int:
    """The moment (UTC ms) of the entry that recorded it."""
    entry = AuditEntry.get(
        AuditEntry.gate_id == signature.gate_id, AuditEntry.seq == signature.audit_seq
    )
    at: int = entry.at
    return at


@lru_cache(maxsize=16)
def _as_signed(rule_set_id: UUID, confirmed: bool) -> RuleSet:
    # Held as one object while it decides, so that what is derived from it is derived once.
    return replace(_content(rule_set_id), confirmed=confirmed)


@lru_cache(maxsize=8)
def _content(rule_set_id: UUID) -> RuleSet:
    """What a set says. Its rows never change, so they are read once."""
    head = StoredSet.get_by_id(rule_set_id)
    rows: list[RuleRow] = []
    references: dict[ReasonCode, Reference] = {}
    goods = IsolatorGoods.REFUSE
    for row in Rule.select().where(Rule.rule_set_id == rule_set_id).order_by(Rule.id):
        if row.limit == REFERENCE:
            for code in row.services:
                references[ReasonCode(code)] = Reference(row.code, row.legal_ref)
        elif row.limit == ISOLATOR_GOODS:
            goods = IsolatorGoods.HOLD if row.value == HOLD else IsolatorGoods.REFUSE
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
