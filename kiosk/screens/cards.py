"""What the officer sees of a prisoner and a decision, and how days and numbers are written."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import date

from kiosk import wording
from kiosk.rules.decision import Reason
from kiosk.text import _, fill
from kiosk.values import PrisonerCard, Proposal
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line

MIDDLE = 40
RIGHT = 42
RIGHT_WIDTH = 37


def day_text(day: date | str | None) -> str:
    """24.11.2026; partly unknown birth dates as far as they are known."""
    if day is None or day == "":
        return "–"
    if isinstance(day, date):
        return day.strftime("%d.%m.%Y")
    return ".".join(reversed(day.split("-")))


def grouped(personal_number: str) -> str:
    """A personal number as read aloud: sex, birth date, serial; a foreign one as it stands."""
    if len(personal_number) != 14 or not personal_number.isdecimal():
        return personal_number
    return f"{personal_number[:1]} {personal_number[1:9]} {personal_number[9:]}"


def years_old(birth: str, today: date) -> int | None:
    """Age in whole years; None when only a part of the date is known."""
    if len(birth) != len("YYYY-MM-DD"):
        return None
    born = date.fromisoformat(birth)
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def beside(left: Sequence[Line], right: Sequence[Line], rows: int) -> list[Line]:
    """Two panes with a line between them."""
    lines: list[Line] = []
    for row in range(rows):
        begin = left[row] if row < len(left) else ()
        end = right[row] if row < len(right) else ()
        lines.append(line(*begin, at(MIDDLE, "│", Ink.HEAD), at(RIGHT, ""), *end))
    return lines


def wrapped(text: str, width: int, ink: Ink = Ink.PLAIN) -> list[Line]:
    """A sentence over as many lines as it needs."""
    return [line((part, ink)) for part in textwrap.wrap(text, width)] or [()]


def prisoner_lines(prisoner: PrisonerCard) -> list[Line]:
    """Who is visited, for the right pane."""
    place = fill(
        _("file {number}   unit {unit}"), number=prisoner.file_number, unit=prisoner.unit
    )
    terms = ", ".join(
        wording.label(code) for code in (prisoner.category, prisoner.regime, prisoner.condition)
    )
    return [
        *wrapped(f"{prisoner.name.full}, {prisoner.birth_year}", RIGHT_WIDTH, Ink.BOLD),
        line(place),
        *wrapped(terms, RIGHT_WIDTH),
        line(status_text(prisoner)),
    ]


def status_text(prisoner: PrisonerCard) -> str:
    """Where the prisoner is, and until when."""
    word = wording.label(prisoner.status)
    if prisoner.status_until is not None:
        return fill(
            _("{status}, until {day}"), status=word, day=day_text(prisoner.status_until)
        )
    return word


def frame(verdict: str, ink: Ink, width: int, indent: int = 0) -> list[Line]:
    """The double frame that the eye goes to."""
    inner = width - 2
    pad = " " * indent
    return [
        line(pad, ("╔" + "═" * inner + "╗", ink)),
        line(pad, ("║" + f"  {verdict}".ljust(inner)[:inner] + "║", ink)),
        line(pad, ("╚" + "═" * inner + "╝", ink)),
    ]


def balance_lines(proposal: Proposal) -> list[Line]:
    """What is used of the entitlement that pays, and what is left afterwards."""
    decision = proposal.decision
    lines: list[Line] = []
    balance = decision.balance
    if balance is not None and balance.limit is not None:
        lines.append(
            line(
                fill(
                    _("used {used} / {limit}   rule {rule}"),
                    used=balance.used,
                    limit=balance.limit,
                    rule=balance.rule,
                )
            )
        )
        left = max(0, balance.limit - balance.used - 1)
        lines.append(line(fill(_("left after this visit: {count}"), count=left)))
    else:
        lines.append(line(_("this visit is not counted")))
    if decision.hours is not None:
        lines.append(line(fill(_("at most {hours} h"), hours=decision.hours)))
    return lines


def rules_lines(proposal: Proposal) -> list[Line]:
    """Which rules answered, and whether the prison stands behind them."""
    lines = [line((fill(_("rules {name}"), name=proposal.rule_set), Ink.DIM))]
    if not proposal.rules_confirmed:
        lines.append(line((_("not confirmed by the prison"), Ink.WARN)))
    return lines


def reason_lines(number: int, reason: Reason, who: str, width: int = 78) -> list[Line]:
    """A reason for the officer: the fact, from when it is gone, its rule and reference."""
    said = wording.reason_line(reason)
    if who:
        said = f"{who}: {said}"
    free = (
        fill(_("free from {day}"), day=day_text(reason.free_from))
        if reason.free_from is not None
        else _("no date can be said")
    )
    first, *rest = textwrap.wrap(said, width - 8 - len(free))
    lines = [
        line(
            at(2, str(number), Ink.BOLD),
            at(5, first, Ink.BOLD),
            at(width - len(free), free, Ink.WARN),
        )
    ]
    lines += [line(at(5, part, Ink.BOLD)) for part in rest]
    lines += [line(at(5, part)) for part in textwrap.wrap(wording.rule_line(reason), width - 7)]
    return lines
