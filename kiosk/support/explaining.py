"""`kiosk decide` on the register: a decision of any moment, and one that was recorded."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import TextIO
from zoneinfo import ZoneInfo

import msgspec

from kiosk import wording
from kiosk.clock import local, milliseconds
from kiosk.codes import Outcome, Service
from kiosk.commands.codes import EXIT_DONE, EXIT_FINDING
from kiosk.config import Settings
from kiosk.rules import cases
from kiosk.rules.decision import Decision, Reason
from kiosk.rules.terms import Limit
from kiosk.services import decision_record, explain
from kiosk.services.decision_record import DecidedAgain
from kiosk.services.desk import Desk
from kiosk.services.explain import Explained, Question
from kiosk.services.opening import open_register
from kiosk.text import N_, _, fill
from kiosk.wording import rulebook as words

_VERDICTS = {
    Outcome.ALLOWED: N_("MAY PASS"),
    Outcome.PARTLY: N_("SOME MAY PASS"),
    Outcome.REFUSED: N_("NOT TODAY"),
    Outcome.OVERRIDDEN: N_("LET IN BY TWO PERSONS"),
}


def explain_moment(
    settings: Settings,
    prisoner: str,
    people: tuple[str, ...],
    service: Service,
    at: datetime | None,
    grams: int | None,
    out: TextIO,
    *,
    as_json: bool,
) -> int:
    """What the rules answer at a moment, by what was known then. `at` None: now.

    A moment without an offset is one of the site's clocks. Runs beside the kiosk.
    """

    def read(desk: Desk) -> Explained:
        now = desk.clock.now()
        moment = now if at is None else milliseconds(_placed(at, desk.zone))
        return explain.explain(desk, Question(prisoner, people, service, moment, grams))

    register = open_register(settings, writer=False)
    try:
        explained = register.db.run_read(read, register.desk)
    finally:
        register.db.close()
    if as_json:
        json.dump(_as_json(explained, settings.zone), out, ensure_ascii=False, indent=2)
        out.write("\n")
    else:
        out.writelines(f"{line}\n" for line in _lines(explained, settings.zone))
    return EXIT_DONE


def explain_case(settings: Settings, number: str, out: TextIO) -> int:
    """What was decided about a case, and what the same rules answer to the same facts now.

    1 when that is not what was recorded: the record or this program was changed.
    """

    def read(desk: Desk) -> tuple[DecidedAgain, ...]:
        return decision_record.decide_again(explain.case_of(desk, number))

    register = open_register(settings, writer=False)
    try:
        decisions = register.db.run_read(read, register.desk)
    finally:
        register.db.close()
    for one in decisions:
        print(f"{number.upper()}  {one.rule_set}  {_(_VERDICTS[one.kept])}", file=out)
        out.writelines(f"  {line}\n" for line in _reasons(one.reasons, {}))
        if one.decision is None:
            print(_(N_("Too little was kept of its facts to decide it again.")), file=out)
            continue
        out.writelines(f"  {line}\n" for line in _balance(one.decision))
        said = (
            N_("The same rules give the same answer to what was known then.")
            if one.agrees
            else N_("The same rules answer otherwise to what was known then. Call support.")
        )
        print(_(said), file=out)
    whole = all(one.agrees or one.decision is None for one in decisions)
    return EXIT_DONE if whole else EXIT_FINDING


def _placed(at: datetime, zone: ZoneInfo) -> datetime:
    return at if at.tzinfo is not None else at.replace(tzinfo=zone)


# ---- as JSON: the answer of the case format, and what stands behind it


def _as_json(explained: Explained, zone: ZoneInfo) -> dict[str, object]:
    decision, called = _as_asked(explained.decision, explained.called), explained.called
    question, rules = explained.question, explained.rules
    answer = msgspec.to_builtins(cases.told(decision, None, called.values()))
    del answer["id"]
    return {
        "prisoner": question.prisoner,
        "service": question.service,
        "at": local(question.at, zone).isoformat(),
        "rule_set": f"{rules.name} {rules.version}",
        "confirmed": rules.confirmed,
        **answer,
        "explained": [_reason_json(one) for one in (*decision.reasons, *decision.conditions)],
    }


def _as_asked(decision: Decision, called: dict[str, str]) -> Decision:
    """With the people as the question named them."""

    def renamed(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
        return tuple(
            replace(one, person=called.get(one.person or "", one.person)) for one in reasons
        )

    return replace(
        decision,
        reasons=renamed(decision.reasons),
        conditions=renamed(decision.conditions),
        admitted=tuple(called.get(one, one) for one in decision.admitted),
    )


def _reason_json(reason: Reason) -> dict[str, object]:
    told = {
        "code": reason.code,
        "rule": reason.rule,
        "legal_ref": reason.legal_ref,
        "person": reason.person,
        "free_from": reason.free_from.isoformat() if reason.free_from else None,
        "until": reason.until.isoformat() if reason.until else None,
        "used": reason.used,
        "limit": reason.limit,
        "restriction": reason.restriction,
    }
    return {name: value for name, value in told.items() if value is not None}


# ---- in words


def _lines(explained: Explained, zone: ZoneInfo) -> list[str]:
    question, decision = explained.question, explained.decision
    when = local(question.at, zone).strftime("%d.%m.%Y %H:%M")
    head = f"{question.prisoner}, {wording.label(question.service)}, {when}"
    lines = [head, words.headline(explained.rules), _(_VERDICTS[decision.outcome])]
    lines += [f"  {line}" for line in _reasons(decision.reasons, explained.called)]
    if decision.conditions:
        lines.append(_(N_("Under the condition:")))
        lines += [f"  {line}" for line in _reasons(decision.conditions, explained.called)]
    lines += _balance(decision)
    if decision.next_allowed is not None:
        day = wording.day_text(decision.next_allowed)
        lines.append(fill(_(N_("The same request would pass from {day} on.")), day=day))
    return lines


def _reasons(reasons: tuple[Reason, ...], called: dict[str, str]) -> list[str]:
    lines = []
    for reason in reasons:
        who = called.get(reason.person or "", reason.person or "")
        lines.append(
            f"{who}: {wording.reason_line(reason)}" if who else wording.reason_line(reason)
        )
        lines.append(f"  {wording.rule_line(reason)}")
        if reason.free_from is not None:
            day = wording.day_text(reason.free_from)
            lines.append("  " + fill(_(N_("free from {day}")), day=day))
    return lines


def _balance(decision: Decision) -> list[str]:
    balance = decision.balance
    if balance is None or balance.limit is None:
        return []
    amounts = (decision.remaining_before, decision.remaining_after, balance.limit)
    before, after, limit = (
        wording.weight(one or 0) if balance.unit is Limit.GRAMS else str(one) for one in amounts
    )
    said = _(N_("Left: {before} of {limit}, afterwards {after}; rule {rule}"))
    return [fill(said, before=before, after=after, limit=limit, rule=balance.rule)]
