"""A prisoner's card: who, where, under which terms; what is left, and the lines behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar
from uuid import UUID

from textual.widget import Widget

from kiosk import wording
from kiosk.codes import Consent, LedgerKind, Role, Service
from kiosk.rules.terms import Limit, Medical, Period
from kiosk.screens import cards
from kiosk.screens.screen import DESK, DONE, GATE_KEYS, KioskScreen
from kiosk.text import N_, _, fill
from kiosk.values.balances import Agreement, BalanceLine, LedgerLine, PrisonerFile
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.widgets.sheet import Sheet
from kiosk.wording.rulebook import MEDICAL

BALANCES = 6
HEAD_ROWS, FOOT_ROWS = 4 + BALANCES, 2

_DOORS = {
    "1": "prisoner_visits",
    "2": "prisoner_events",
    "3": "restrictions",
    "4": "relations",
    "5": "adjust",
    "6": "opening_balance",
    "7": "individual",
}
_USED, _RULE, _PERIOD = 30, 44, 54
# Few prisoners have any; a rule without a limit says nothing until one came.
_RARE = frozenset({Service.OFFICIAL_VISIT, Service.CLERGY_VISIT})
_PERIODS = {
    Period.YEAR: N_("this year"),
    Period.MONTH: N_("this month"),
    Period.WEEK: N_("this week"),
}


class PrisonerScreen(KioskScreen):
    TITLE_TEXT = N_("PRISONER")
    KEYS: ClassVar[Mapping[int, str]] = {**GATE_KEYS, 5: N_("Print")}
    help_name = "prisoner"

    def __init__(self) -> None:
        super().__init__()
        self.head = Sheet(rows=HEAD_ROWS)
        self.rows = Rows(rows=20 - HEAD_ROWS - FOOT_ROWS)
        self.below = Sheet(rows=FOOT_ROWS)
        self.file: PrisonerFile | None = None

    def body(self) -> Iterable[Widget]:
        yield self.head
        yield self.rows
        yield self.below

    def forget(self) -> None:
        self.file = None
        self.head.show([])
        self.rows.show([])
        self.below.show([])

    async def enter(self, *about: object) -> None:
        """`about`: the id of a prisoner; opening the card leaves a trace."""
        from kiosk.services import consult

        (prisoner_id,) = about
        assert isinstance(prisoner_id, UUID)
        await self.kiosk.write(consult.prisoner, self.kiosk.signed_in, prisoner_id)
        await self._look(prisoner_id)

    async def returned(self) -> None:
        if self.file is not None:
            await self._look(self.file.card.prisoner_id)

    async def _look(self, prisoner_id: UUID) -> None:
        from kiosk.services import prisoner_file

        self.file = await self.kiosk.read(
            prisoner_file.file_of, self.kiosk.signed_in, prisoner_id
        )

    # ---- keys

    async def typed(self, key: str, character: str | None) -> bool:
        if self.file is None:
            return False
        if self.rows.press(key).kind is RowsKind.MOVED:
            return True
        if key == "f5":
            await self._print(self.file.card.prisoner_id)
            return True
        if character in _DOORS and character in self._open_doors():
            await self.kiosk.go(_DOORS[character], self.file.card)
            return True
        return False

    def _open_doors(self) -> str:
        officer = self.kiosk.signed_in
        adjusts = "5" if officer.may(*DESK) else ""
        opens = "6" if officer.may(Role.SUPERVISOR, Role.ADMINISTRATOR) else ""
        return "1234" + adjusts + opens + "7"

    async def _print(self, prisoner_id: UUID) -> None:
        from kiosk.services import prisoner_file

        await self.kiosk.write(prisoner_file.print_extract, self.kiosk.signed_in, prisoner_id)
        self.say(DONE, N_("The extract is printing. It has its line among the papers."))

    # ---- drawing

    def draw(self) -> None:
        file = self.file
        if file is None:
            return
        self.head.show([*_who(file), *_right_now(file)])
        self.rows.show(
            [_row(one) for one in file.lines],
            head=_columns(),
            index=self.rows.index,
            empty=_("Nothing was used so far."),
        )
        self.below.show([(), _consents(file.agreements)])
        doors = self._open_doors()
        question = N_("1 visits  2 events  3 restrictions  4 relations  7 rulings  F5 extract")
        if "6" in doors and "5" in doors:
            question = N_(
                "1 visits  2 events  3 limits  4 kin  5 adjust  6 journal  7 rulings  F5"
            )
        elif "6" in doors:
            question = N_("1 visits  2 events  3 limits  4 kin  6 journal  7 rulings  F5")
        elif "5" in doors:
            question = N_("1 visits  2 events  3 limits  4 kin  5 adjust  7 rulings  F5")
        self.ask(question)


def _who(file: PrisonerFile) -> list[Line]:
    card = file.card
    terms = ", ".join(
        wording.label(code) for code in (card.category, card.regime, card.condition)
    )
    place = fill(_("file {number}   unit {unit}"), number=card.file_number, unit=card.unit)
    stays = cards.status_text(card)
    if file.admitted is not None:
        since = fill(_("here since {day}"), day=cards.day_text(file.admitted))
        stays = f"{stays}   {since}"
    medical = ", ".join(_(MEDICAL[Medical(code)]) for code in file.medical)
    return [
        line(
            at(2, shorten(f"{card.name.full}, {card.birth_year}", 44), Ink.BOLD),
            at(48, shorten(place, 31)),
        ),
        line(at(2, shorten(terms, 77))),
        line(at(2, shorten("   ".join(part for part in (stays, medical) if part), 77))),
    ]


def _right_now(file: PrisonerFile) -> list[Line]:
    rules = fill(_("rules {name}"), name=file.rule_set)
    if not file.rules_confirmed:
        rules = f"{rules}, {_('not confirmed by the prison')}"
    shown = [
        one
        for one in file.balances
        if one.used or one.limit is not None or not _RARE.issuperset(one.services)
    ]
    return [
        line(
            at(2, _("RIGHT NOW"), Ink.HEAD),
            at(_USED, shorten(rules, 49), Ink.DIM if file.rules_confirmed else Ink.WARN),
        ),
        *(_balance(one) for one in shown[:BALANCES]),
    ]


def _balance(one: BalanceLine) -> Line:
    services = " + ".join(wording.short(service) for service in one.services)
    spent = one.left is not None and one.left <= 0
    if one.limit is None:
        counted = f"{_amount(one.used, one.in_grams)} / {_('no limit')}"
    else:
        used, limit = _amount(one.used, one.in_grams), _amount(one.limit, one.in_grams)
        counted = f"{used} / {limit}"
    if one.next_on is not None:
        when = fill(_("again from {day}"), day=cards.day_text(one.next_on))
    else:
        when = _(_PERIODS[one.period])
    return line(
        at(2, shorten(services, _USED - 3)),
        at(_USED, counted, Ink.BAD if spent else Ink.BOLD),
        at(_RULE, shorten(one.rule, 9)),
        at(_PERIOD, shorten(when, 25), Ink.WARN if spent else Ink.PLAIN),
    )


def _columns() -> Line:
    return line(
        at(3, _("LEDGER"), Ink.HEAD),
        at(15, _("service"), Ink.HEAD),
        at(26, _("what"), Ink.HEAD),
        at(38, _("number"), Ink.HEAD),
        at(51, _("rule"), Ink.HEAD),
        at(59, _("left"), Ink.HEAD),
        at(66, _("who"), Ink.HEAD),
    )


def _row(one: LedgerLine) -> Line:
    who = wording.label(one.reason) if one.reason is not None else one.who
    back = one.kind is LedgerKind.REFUND
    if one.grams:  # the sign tells what was taken from what was given back
        what = _signed(one)
    elif one.pieces in (1, -1):
        what = wording.label(one.kind)
    else:
        what = f"{wording.label(one.kind)} {_signed(one)}"
    return line(
        at(3, cards.day_text(one.counts_on)),
        at(15, wording.short(one.service)),
        at(26, shorten(what, 11), Ink.DIM if back else Ink.PLAIN),
        at(38, one.number),
        at(51, shorten(one.rule, 7)),
        at(59, _left(one)),
        at(66, shorten(who, 14)),
    )


def _left(one: LedgerLine) -> str:
    """In the unit of the rule: a package weighs, but is counted by the piece."""
    if one.left is None:
        return ""
    if one.unit is Limit.GRAMS:
        return wording.weight(one.left).split()[0]
    return str(one.left)


def _signed(one: LedgerLine) -> str:
    amount = one.grams or one.pieces
    sign = "+" if amount < 0 else "-"
    # What is taken is positive in the ledger; an officer reads what the prisoner gets.
    return sign + _amount(abs(amount), bool(one.grams))


def _amount(amount: int, in_grams: bool) -> str:
    return wording.weight(amount) if in_grams else str(amount)


def _consents(agreements: Sequence[Agreement]) -> Line:
    if not agreements:
        return line(at(2, _("Nobody was asked about a visitor yet."), Ink.DIM))
    said = ", ".join(
        f"{one.name.short} {wording.label(one.consent)} {cards.day_text(one.since)}"
        if one.consent is Consent.NO
        else f"{one.name.short} {wording.label(one.consent)}"
        for one in agreements
    )
    refused = any(one.consent is Consent.NO for one in agreements)
    return line(at(2, shorten(said, 77), Ink.BAD if refused else Ink.PLAIN))
