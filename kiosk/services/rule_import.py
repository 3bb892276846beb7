"""Rule sets come into the register: presets at the first start, files with a preview."""

from __future__ import annotations

import logging
from collections import defaultdict
from hashlib import sha256
from importlib.resources import files
from uuid import UUID

import msgspec

from kiosk.codes import Action, ReasonCode
from kiosk.errors import Invalid, NotFound
from kiosk.models import Rule, Signature
from kiosk.models import RuleSet as StoredSet
from kiosk.rules.preset import parse
from kiosk.rules.rule_set import Reference, RuleSet
from kiosk.rules.terms import IsolatorGoods, Period
from kiosk.services import rulebook
from kiosk.services.desk import Desk
from kiosk.services.duty import must_administer
from kiosk.services.entry import Entry, day_now, entry
from kiosk.text import N_, clean
from kiosk.values import Officer
from kiosk.values.rulebook import RowChange, RuleSetPreview

log = logging.getLogger(__name__)

_FIRST_NAME = rulebook.FIRST[0]


def presets() -> tuple[str, ...]:
    """The names of the sets that come with Gatebook."""
    folder = files("kiosk.rules") / "presets"
    names = (one.name.removesuffix(".toml") for one in folder.iterdir())
    return tuple(sorted(name for name in names if "." not in name))


def preset_text(name: str) -> str:
    """The TOML of a preset, as it came with Gatebook."""
    return (files("kiosk.rules") / "presets" / f"{name}.toml").read_text("utf-8")


def ensure_preset(desk: Desk, text: str | None = None) -> UUID:
    """Take a rule set (KG-DRAFT unless `text` is given) into the register; its id.

    A set that is there under the same name and version is kept, whatever `text` says now:
    decisions were made by it, and a gate must not stand still for a slip in a release. New
    content comes with a new version; `differing_preset` tells where it did not, for doctor.
    Raises Invalid when the text is no rule set.
    """
    rules = parse(preset_text(_FIRST_NAME) if text is None else text)
    known = rulebook.stored(rules.name, rules.version)
    if known is not None:
        if known.content_hash != _content_hash(rules):
            log.warning("the preset %s %s differs from the one kept", rules.name, rules.version)
        return UUID(bytes=known.id.bytes)
    with entry(desk, Action.IMPORT_RULES) as e:
        return _add(e, rules, "preset")


def differing_preset(desk: Desk, text: str | None = None) -> str | None:
    """Name and version of the preset when the register keeps another content under them."""
    rules = parse(preset_text(_FIRST_NAME) if text is None else text)
    known = rulebook.stored(rules.name, rules.version)
    if known is None or known.content_hash == _content_hash(rules):
        return None
    return f"{rules.name} {rules.version}"


def preview(desk: Desk, rules: RuleSet) -> RuleSetPreview:
    """What taking `rules` in would change against the set that decides on its first day.

    A set that began in the past is held against the one that decides today. Raises Invalid
    when the register keeps another content under that name and version: a set is never
    altered, it gets a new version.
    """
    known = rulebook.stored(rules.name, rules.version)
    if known is not None and known.content_hash != _content_hash(rules):
        raise Invalid(
            "version",
            N_(
                "{name} {version} is kept with other rows. Nothing was changed. Give the file"
                " another version."
            ),
            name=rules.name,
            version=rules.version,
        )
    day = max(rules.valid_from, day_now(desk))
    decides = rulebook.decides_on(day)
    before = None if decides is None else rulebook.load(decides)
    return RuleSetPreview(
        rules=rules,
        against="" if before is None else f"{before.name} {before.version}",
        changes=changes(before, rules),
        known=known is not None,
        first_day=day,
        decides_unsigned=_would_decide(before, rules),
    )


def take_in(desk: Desk, officer: Officer, rules: RuleSet, source: str) -> UUID:
    """Keep a set in the register; its id. An administrator does this.

    `source` is the name of the file. A set that is kept already stays as it is. Raises
    Invalid as `preview` does, and for a row about one prisoner: such a decision has an end
    and a paper of its own, and belongs on the prisoner's card.
    """
    must_administer(officer)
    with entry(desk, Action.IMPORT_RULES, officer=officer) as e:
        preview(desk, rules)
        known = rulebook.stored(rules.name, rules.version)
        if known is not None:
            return UUID(bytes=known.id.bytes)
        for row in rules.rows:
            if row.scope.prisoner_id is not None:
                raise Invalid(
                    row.code,
                    N_(
                        "Row {rule} is about one prisoner. Take it out of the file and enter"
                        " it at Setup as an individual decision."
                    ),
                    rule=row.code,
                )
        return _add(e, rules, source)


def sign(desk: Desk, officer: Officer, rule_set_id: UUID, signer: str) -> None:
    """Write down that the prison has read a set and stands by it. An administrator does this.

    `signer` is name and post as on the paper. From now on the set decides on all days from
    its first one, until another signed set begins. Raises NotFound for an unknown set,
    Invalid without a name or for a set that is signed already.
    """
    must_administer(officer)
    with entry(desk, Action.SIGN_RULES, officer=officer, object_id=rule_set_id) as e:
        if StoredSet.get_or_none(StoredSet.id == rule_set_id) is None:
            raise NotFound(N_("There is no such rule set in the register."))
        if not clean(signer, 60):
            raise Invalid("signer", N_("Who signed it? Write the name and the post."))
        if rulebook.is_signed(rule_set_id):
            raise Invalid("signer", N_("This rule set is signed already. Nothing was changed."))
        e.add(Signature, target_id=rule_set_id, signer=signer, staff_id=officer.staff_id)


def changes(before: RuleSet | None, after: RuleSet) -> tuple[RowChange, ...]:
    """The rows, by their ids, of which the two sets say different things."""
    old = {} if before is None else {row.code: row for row in before.rows}
    new = {row.code: row for row in after.rows}
    codes = [*new, *(code for code in old if code not in new)]
    return tuple(
        RowChange(code, old.get(code), new.get(code))
        for code in codes
        if old.get(code) != new.get(code)
    )


def _would_decide(before: RuleSet | None, rules: RuleSet) -> bool:
    """Whether `rules` would decide where `before` does, before anybody has signed them."""
    return before is None or (not before.confirmed and before.valid_from <= rules.valid_from)


def _add(e: Entry, rules: RuleSet, source: str) -> UUID:
    rule_set_id = e.add(
        StoredSet,
        name=rules.name,
        version=rules.version,
        valid_from=rules.valid_from,
        source=source,
        content_hash=_content_hash(rules),
    )
    e.object_id = rule_set_id
    _add_rows(e, rule_set_id, rules)
    return rule_set_id


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


def _add_rows(e: Entry, rule_set_id: UUID, rules: RuleSet) -> None:
    for row in rules.rows:
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
            limit=rulebook.REFERENCE,
            period=Period.EACH,
            legal_ref=reference.legal_ref,
        )
    e.add(
        Rule,
        rule_set_id=rule_set_id,
        code=rulebook.ISOLATOR_GOODS,
        services=[],
        limit=rulebook.ISOLATOR_GOODS,
        period=Period.EACH,
        value=rulebook.HOLD if rules.isolator_goods is IsolatorGoods.HOLD else 0,
        legal_ref=rules.name,
    )
