"""A new restriction: what, on whom, for which services, from when until when, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kiosk import wording
from kiosk.codes import BanGround, GoodsClass, Issuer, RestrictionKind, Service
from kiosk.errors import Invalid
from kiosk.rules.kinds import GOODS
from kiosk.screens import choices, lookup
from kiosk.screens.restrictions import Subject, tell_recorded
from kiosk.screens.screen import HeadedFormScreen
from kiosk.text import N_, _
from kiosk.values import PersonCard, PrisonerCard, RestrictionEntry
from kiosk.widgets.fields import (
    Choice,
    Complaint,
    Date,
    Field,
    Lookup,
    Option,
    Reading,
    Side,
    Text,
)
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import at, line

# The digits of the field "services": each visit by itself, whatever is brought together.
_DIGITS: Mapping[str, frozenset[Service]] = {
    "1": frozenset({Service.SHORT_VISIT}),
    "2": frozenset({Service.LONG_VISIT}),
    "3": frozenset({Service.LAWYER_VISIT}),
    "4": frozenset({Service.OFFICIAL_VISIT}),
    "5": frozenset({Service.CONSULAR_VISIT}),
    "6": frozenset({Service.MONITOR_VISIT}),
    "7": frozenset({Service.CLERGY_VISIT}),
    "8": GOODS,
}
_WIDTH = 76
_AT_ONCE, _WHOLE_DAY = "now", "day"
# What can be put on a visitor; on visits to a prisoner also that two are kept apart.
_ON_A_VISITOR = (
    RestrictionKind.BAN,
    RestrictionKind.NO_CONTACT,
    RestrictionKind.CLOSED,
    RestrictionKind.CHILD_PROTECTION,
    RestrictionKind.PRE_INFO,
)
_ON_A_PRISONER = (*_ON_A_VISITOR, RestrictionKind.NON_ASSOCIATION)


@dataclass(frozen=True, kw_only=True)
class Digits(Text):
    """A few digits of the list above the form: 12 or 1 2."""

    limit: int = 15

    def read(self, text: str, others: Mapping[str, str]) -> Reading:
        digits = [one for one in text if one not in " ,"]
        if any(one not in _DIGITS for one in digits):
            return Reading("", wrong=Complaint(N_("Digits from 1 to 8, as they stand above.")))
        return Reading("".join(sorted(set(digits))))


@dataclass(frozen=True, kw_only=True)
class Classes(Text):
    """Some numbers of the list above the form, with a space or a comma between them."""

    limit: int = 60

    def read(self, text: str, others: Mapping[str, str]) -> Reading:
        numbers = text.replace(",", " ").split()
        known = {str(number) for number, _code in enumerate(GoodsClass, 1)}
        if not known.issuperset(numbers):
            wrong = N_("Numbers from 1 to {count}, with a space between: 3 16 17.")
            return Reading("", wrong=Complaint(wrong, {"count": len(known)}))
        return Reading(" ".join(sorted(set(numbers), key=int)))


class NewRestriction(HeadedFormScreen):
    HEAD_ROWS = 6
    TITLE_TEXT = N_("NEW RESTRICTION")
    help_name = "restrictions"

    def __init__(self) -> None:
        super().__init__()
        self.subject: Subject = None

    def forget(self) -> None:
        super().forget()
        self.subject = None
        self.head.show([])

    async def enter(self, *about: object) -> None:
        """`about`: on whom, and the act of the find for which a ban is proposed."""
        subject = about[0] if about else None
        assert subject is None or isinstance(subject, PersonCard | PrisonerCard)
        if not self.unsaved or subject != self.subject:
            self.subject = subject
            self._begin(str(about[1]) if len(about) > 1 else "")

    @property
    def kinds(self) -> tuple[RestrictionKind, ...]:
        if isinstance(self.subject, PersonCard):
            return _ON_A_VISITOR
        if isinstance(self.subject, PrisonerCard):
            return _ON_A_PRISONER
        return tuple(RestrictionKind)

    def _begin(self, act_no: str = "") -> None:
        """Empty, but for what is proposed; `act_no` is that of a find, for which they shall
        stay out."""
        ban = {
            "kind": RestrictionKind.BAN.value,
            "ground": BanGround.FORBIDDEN_THINGS.value,
            "paper_no": act_no,
        }
        today = self.kiosk.today()
        self.form.load(
            [
                Choice("kind", N_("What"), required=True, options=choices.options(self.kinds)),
                *self._parties(),
                Digits(
                    "services",
                    N_("Services"),
                    help=N_("Digits from the list above; empty = social visits and goods"),
                ),
                Classes(
                    "goods",
                    N_("Goods only"),
                    help=N_("Numbers of classes above: 3 16; empty = not only goods"),
                ),
                Date("from_day", N_("First day"), required=True, side=Side.FUTURE, today=today),
                Choice(
                    "begins",
                    N_("Begins"),
                    required=True,
                    options=(
                        Option(_WHOLE_DAY, lambda: _("with its first day")),
                        Option(_AT_ONCE, lambda: _("at this moment")),
                    ),
                ),
                Date(
                    "to_day",
                    N_("Last day"),
                    side=Side.FUTURE,
                    today=today,
                    help=N_("The last day on which it holds; empty = no end"),
                ),
                Choice(
                    "ground", N_("Ground"), required=True, options=choices.options(BanGround)
                ),
                Choice("issuer", N_("Issuer"), required=True, options=choices.options(Issuer)),
                Text("paper_no", N_("Paper number"), limit=20, help=N_("May stay empty")),
            ],
            {
                "from_day": today.isoformat(),
                "begins": _WHOLE_DAY,
                "issuer": Issuer.PRISON.value,
                **(ban if act_no else {}),
            },
            proposed=["from_day", "begins", "issuer", *(ban if act_no else ())],
            first="to_day" if act_no else "",
        )

    def _parties(self) -> list[Field]:
        """Whom else it is put on, besides whose list this is."""
        visitor = Lookup(
            "person",
            N_("Visitor"),
            help=N_("Two letters of the name; empty = every visitor"),
        )
        prisoner = Lookup(
            "prisoner",
            N_("Prisoner"),
            help=N_("Two letters or the file number; empty = every prisoner"),
        )
        other = Lookup(
            "other",
            N_("Apart from"),
            help=N_("The second prisoner, where two are kept apart; else empty"),
        )
        if isinstance(self.subject, PersonCard):
            return [prisoner]
        if isinstance(self.subject, PrisonerCard):
            return [visitor, other]
        return [visitor, prisoner, other]

    def speak(self) -> None:
        super().speak()
        self._head()

    def _head(self) -> None:
        """On whom; then what the field in hand takes numbers of."""
        subject = self.subject
        if isinstance(subject, PersonCard):
            whose = subject.name.full
        elif isinstance(subject, PrisonerCard):
            whose = f"{subject.name.full}, {subject.file_number}"
        else:
            whose = _("A stop is of the whole facility; anything else needs a name.")
        words = [wording.short(one) for one in _visits()]
        listed = _numbered([*words, _("goods")], "   ")
        if self.form.current == "goods":
            listed = _numbered([wording.label(one) for one in GoodsClass], "  ")
        above = [
            line(at(3, whose, Ink.BOLD)),
            *([()] if len(listed) < self.HEAD_ROWS - 1 else []),
        ]
        self.head.show([*above, *(line(at(3, row)) for row in listed)])

    async def changed(self, field: str) -> None:
        if field in ("person", "prisoner", "other"):
            await lookup.offer(self, field, "person" if field == "person" else "prisoner")

    async def save(self) -> None:
        from kiosk.services import restricting

        recorded = await self.kiosk.write(
            restricting.restrict, self.kiosk.signed_in, self._entered()
        )
        self.form.touched = False
        self._begin()
        await self.kiosk.back()
        tell_recorded(self.kiosk.front, recorded.planned, recorded.inside)

    def _entered(self) -> RestrictionEntry:
        values, subject = self.form.values, self.subject
        to_day = values["to_day"]
        classes = tuple(GoodsClass)
        goods = {classes[int(number) - 1] for number in values["goods"].split()}
        services: frozenset[Service] = frozenset()
        for digit in values["services"]:
            services |= _DIGITS[digit]
        if goods and services - GOODS:
            raise Invalid(
                "services", N_("Classes of goods are for goods only: leave it empty.")
            )
        return RestrictionEntry(
            kind=RestrictionKind(values["kind"]),
            from_day=date.fromisoformat(values["from_day"]),
            to_day=date.fromisoformat(to_day) if to_day else None,
            ground=BanGround(values["ground"]),
            person_id=subject.person_id
            if isinstance(subject, PersonCard)
            else _id(values.get("person", "")),
            prisoner_id=subject.prisoner_id
            if isinstance(subject, PrisonerCard)
            else _id(values.get("prisoner", "")),
            other_prisoner_id=_id(values.get("other", "")),
            services=services,
            goods=frozenset(goods),
            issuer=Issuer(values["issuer"]),
            paper_no=values["paper_no"],
            at_once=values["begins"] == _AT_ONCE,
        )


def _id(code: str) -> UUID | None:
    return UUID(code) if code else None


def _visits() -> list[Service]:
    return [service for digit in "1234567" for service in _DIGITS[digit]]


def _numbered(words: Sequence[str], between: str) -> list[str]:
    """What the numbers stand for, on as many rows as hold it."""
    rows = [""]
    for number, word in enumerate(words, 1):
        said = f"{number} {word}"
        longer = f"{rows[-1]}{between}{said}" if rows[-1] else said
        if len(longer) <= _WIDTH:
            rows[-1] = longer
        else:
            rows.append(said)
    return rows
