"""The storage: every parcel that is not over, first what spoils, and what it waits for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual.widget import Widget

from kiosk import text, wording
from kiosk.clock import local
from kiosk.codes import CaseState, Role, Service
from kiosk.errors import Refused
from kiosk.screens.goods.parcel_lines import HOUR
from kiosk.screens.screen import ATTENTION, DONE, GATE_KEYS, PLAIN, KioskScreen
from kiosk.text import N_, _, fill
from kiosk.values import StorageCounts
from kiosk.values.goods import StorageLine
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, cell, line, shorten
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.widgets.sheet import Sheet

_NUMBER, _FOR, _UNIT, _SPOILS, _TIME, _STATE = 12, 24, 43, 49, 61, 72
_BELOW = 4
_LONGEST = 20  # P-26-003341 with what may stand after it under the bars, or a file number
# The letter that a number begins with, as its key types it on any keyboard, or as it looks.
_SERIES = dict.fromkeys("pрз", "P") | dict.fromkeys("rк", "R")
# The key of the hyphen types a letter under the Kyrgyz layout, that of the stroke a point.
_HYPHENS = "-ө"
_STROKES = "/."


class Storage(KioskScreen):
    """`lines` as the service sorts them: by the time that runs out first. `number` is what
    was typed so far of the number of a parcel whose label cannot be scanned, or of its
    prisoner's file."""

    TITLE_TEXT = N_("STORAGE")
    help_name = "storage"

    def __init__(self) -> None:
        super().__init__()
        self.head = Sheet(rows=2)
        self.rows = Rows(rows=20 - 2 - _BELOW)
        self.below = Sheet(rows=_BELOW)
        self.lines: tuple[StorageLine, ...] = ()
        self.counts = StorageCounts()
        self.number = ""

    def body(self) -> Iterable[Widget]:
        yield self.head
        yield self.rows
        yield self.below

    @property
    def keys(self) -> Mapping[int, str]:
        own = dict(GATE_KEYS)
        if self.lines:
            own[5] = N_("Print")
        if self._may_destroy:
            own[8] = N_("Destr.")
        return own

    @property
    def _may_destroy(self) -> bool:
        officer = self.kiosk.officer
        return (
            officer is not None
            and officer.may(Role.SUPERVISOR, Role.ADMINISTRATOR)
            and any(self._is_past(one) for one in self.lines)
        )

    # ---- what it is about

    def forget(self) -> None:
        self.lines, self.counts, self.number = (), StorageCounts(), ""
        self.draw()

    async def enter(self, *about: object) -> None:
        self.number = ""
        await self._look()

    async def returned(self) -> None:
        self.number = ""
        await self._look()

    async def minute(self) -> None:
        await self._look()
        self.draw()

    async def _look(self) -> None:
        """The parcel in focus stays in focus, wherever it stands in the list now."""
        from kiosk.services.goods import storage, storage_counts

        before = self.current
        self.lines = await self.kiosk.read(storage.stored, self.kiosk.signed_in)
        self.counts = await self.kiosk.read(storage_counts.counts)
        if before is not None:
            ids = [one.case_id for one in self.lines]
            place = ids.index(before.case_id) if before.case_id in ids else self.rows.index
            self._list(place or 0)

    @property
    def current(self) -> StorageLine | None:
        index = self.rows.index
        return self.lines[index] if index is not None and index < len(self.lines) else None

    def _is_past(self, one: StorageLine) -> bool:
        return one.keep_until is not None and one.keep_until < self.kiosk.now()

    # ---- drawing

    def draw(self) -> None:
        counts = self.counts
        kept = counts.too_long
        too_long = fill(_("kept too long {count}"), count=kept) if kept else ""
        self.head.show(
            [
                line(
                    at(3, fill(_("stored {count}"), count=counts.stored), Ink.BOLD),
                    at(20, fill(_("past time {count}"), count=counts.past), _warn(counts.past)),
                    at(42, fill(_("within 6 h {count}"), count=counts.soon)),
                    at(61, fill(_("to go back {count}"), count=counts.to_return)),
                ),
                line(at(20, too_long, Ink.WARN)),
            ]
        )
        self._list(self.rows.index or 0)
        self._focus()
        if counts.past:
            self.say(
                ATTENTION, N_("Something is past its time. Look before it is handed over.")
            )

    def _list(self, place: int) -> None:
        head = line(
            at(3, _("place"), Ink.HEAD),
            at(_NUMBER, _("number"), Ink.HEAD),
            at(_FOR, _("for whom"), Ink.HEAD),
            at(_UNIT, _("unit"), Ink.HEAD),
            at(_SPOILS, _("what spoils"), Ink.HEAD),
            at(_TIME, _("time"), Ink.HEAD),
            at(_STATE, _("next"), Ink.HEAD),
        )
        now = self.kiosk.now() if self.lines else 0
        self.rows.show(
            [_row(one, now) for one in self.lines],
            head=head,
            index=place,
            empty=_("Nothing stands in the storage."),
        )

    def _focus(self) -> None:
        """All of the line in focus, and the keys that act on it."""
        one = self.current
        self.below.show(() if one is None else self._more(one))
        if self.number:
            self.ask(N_("Number {number}_   Enter = open it   Esc = no"), number=self.number)
        elif one is None:
            self.ask(N_("A number = that parcel   Esc = back"))
        elif self._is_past(one) and 8 in self.keys:
            self.ask(N_("Enter = open   number, file   F5 = list for the block   F8 = destroy"))
        else:
            self.ask(
                N_("Enter = open   its number or file = that one   F5 = list for the block")
            )

    def _more(self, one: StorageLine) -> Sequence[Line]:
        stored = f"{local(one.stored_at, self.kiosk.zone):%d.%m.%Y %H:%M}"
        facts = [wording.label(one.service), wording.weight(one.net_grams)]
        if one.safe:
            facts.append(fill(_("money and papers in {place}"), place=one.safe))
        if one.keep_until is not None and one.spoils is not None:
            until = f"{local(one.keep_until, self.kiosk.zone):%d.%m %H:%M}"
            spoils = one.spoils.in_language(text.language())
            facts.append(fill(_("{thing} until {time}"), thing=spoils, time=until))
        return (
            (),
            line(
                at(3, shorten(f"{one.prisoner.full}, {one.file_number}", 50), Ink.BOLD),
                at(55, fill(_("since {time}"), time=stored)),
            ),
            line(at(3, shorten(", ".join(facts), 76))),
            line(at(3, shorten("   ".join(_waits(one)), 76), Ink.WARN)),
        )

    # ---- keys

    async def typed(self, key: str, character: str | None) -> bool:
        if await self._typed_number(key, character):
            return True
        one = self.current
        if one is None:
            return False
        if key == "f5":
            await self._print()
            return True
        if key == "f8" and 8 in self.keys:
            await self._destroy(one)
            return True
        answer = self.rows.press(key)
        if answer.kind is RowsKind.TAKE:
            await self.kiosk.go("parcel", one.case_id)
        elif answer.kind is not RowsKind.IGNORED:
            self.quiet()
            self._focus()
        return answer.kind is not RowsKind.IGNORED

    async def _typed_number(self, key: str, character: str | None) -> bool:
        """The number of a parcel, whole as its label says it or without what stands before the
        last digits, or that of its prisoner's file; Enter opens it."""
        typed = self.number
        sign = _sign(character or "", typed)
        if sign:
            self.number = (typed + sign)[:_LONGEST]
        elif typed and key == "backspace":
            self.number = typed[:-1]
        elif typed and key in ("enter", "escape"):
            self.number = ""
        else:
            return False
        self.quiet()
        self._focus()
        if key == "enter" and "/" in typed:
            await self._open_of_file(typed)
        elif key == "enter":
            await self._open(typed)
        return True

    async def _open(self, number: str) -> None:
        from kiosk.screens.goods import by_label

        await by_label.open_parcel(self.kiosk, number)

    async def _open_of_file(self, file_number: str) -> None:
        """What stands here for that prisoner, as if its label was scanned; of several the
        first comes into focus, for the officer to see which one is meant."""
        wanted = _bare(file_number)
        places = [
            place for place, one in enumerate(self.lines) if _bare(one.file_number) == wanted
        ]
        if not places:
            raise Refused(
                N_("Nothing stands here for file {number}. Compare it with the card."),
                number=file_number,
            )
        if len(places) == 1:
            await self._open(self.lines[places[0]].number)
            return
        self._list(places[0])
        self._focus()
        self.say(
            PLAIN, N_("{count} parcels for this prisoner: the first one."), count=len(places)
        )

    async def _destroy(self, one: StorageLine) -> None:
        if not self._is_past(one):
            self.say(ATTENTION, N_("Nothing of this parcel is past its time."))
            return
        await self.kiosk.go("destroy", one.case_id)

    async def _print(self) -> None:
        """In the site's first language, whatever the screen shows."""
        from kiosk.screens.goods import block_list
        from kiosk.services.goods import storage_paper

        kiosk = self.kiosk
        say = text.in_language(kiosk.settings.site.languages[0])
        told = block_list.said(self.lines, say, kiosk.now(), kiosk.zone)
        await kiosk.write(storage_paper.order_paper, kiosk.signed_in, *told)
        self.say(DONE, N_("The list of the storage is printing."))


def _sign(character: str, typed: str) -> str:
    """What a key adds to the number `typed` so far; "" where it adds nothing."""
    if character in set("0123456789"):
        return character
    if typed and character and character in _STROKES:
        return "/"
    if typed:
        return "-" if character and character in _HYPHENS else ""
    return _SERIES.get(character.lower(), "")


def _bare(file_number: str) -> list[str]:
    """0077/21 without the zeros before its parts, which nobody says."""
    return [part.lstrip("0") for part in file_number.split("/")]


def _row(one: StorageLine, now: int) -> Line:
    past = one.keep_until is not None and one.keep_until < now
    ink = Ink.BAD if past else Ink.PLAIN
    spoils = one.spoils.in_language(text.language()) if one.spoils is not None else "–"
    return line(
        at(1, "!" if past else " ", ink),
        cell(3, _place(one), _NUMBER - 3, ink),
        cell(_NUMBER, one.number, _FOR - _NUMBER, Ink.BOLD),
        cell(_FOR, f"{one.file_number} {one.prisoner.surname}", _UNIT - _FOR, ink),
        cell(_UNIT, one.unit or "–", _SPOILS - _UNIT, ink),
        cell(_SPOILS, spoils, _TIME - _SPOILS, ink),
        cell(_TIME, _time_left(one.keep_until, now), _STATE - _TIME, ink),
        cell(_STATE, _state_word(one, now), 80 - _STATE, ink),
    )


def _place(one: StorageLine) -> str:
    """C-04 + of a parcel of which something lies in a safe, too: below it stands in which."""
    return f"{one.place} +" if one.place and one.safe else one.place or one.safe or "–"


def _time_left(until: int | None, now: int) -> str:
    """PAST 3 h, 2 h left; in days from the second one on."""
    if until is None:
        return "–"
    hours = abs(until - now) // HOUR
    in_days = hours >= 48
    if until < now and in_days:
        said = _("PAST {number} d")
    elif until < now:
        said = _("PAST {number} h")
    else:
        said = _("{number} d left") if in_days else _("{number} h left")
    return fill(said, number=hours // 24 if in_days else hours)


def _state_word(one: StorageLine, now: int) -> str:
    """What is to be done with it next, in at most 7 letters of the language of the screen."""
    if one.state is CaseState.TO_RETURN:
        return _("back")
    if one.state is not CaseState.STORED:
        return _("act") if one.finds_open else _("doctor")
    if one.service is Service.MEDICAL_PACKAGE:
        return _("doctor")
    if one.keep_until is not None and one.keep_until < now:
        return _("inspect")
    return _("kept") if one.waits else _("to hand")


def _waits(one: StorageLine) -> Sequence[str]:
    """Why it is not handed over, and what else of it is not settled."""
    told = [_(one.waits)] if one.waits else []
    if one.medicine_waits:
        told.append(_("Medicine waits for the doctor."))
    if one.medicine_back:
        told.append(_("The doctor did not take some: that goes back."))
    if one.finds_open:
        told.append(_("A find has no act yet."))
    return told


def _warn(count: int) -> Ink:
    return Ink.WARN if count else Ink.PLAIN
