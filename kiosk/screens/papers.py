"""Papers (F5): what waits, what came out, and what only a person can say: did it come out?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from textual.widget import Widget

from kiosk import wording
from kiosk.clock import local
from kiosk.codes import ON_ITS_WAY, TO_BE_ASKED, JobState
from kiosk.device_board import SECOND_PRINTER
from kiosk.screens.copying import Copying
from kiosk.screens.screen import DESK, DONE, GATE_KEYS, KioskScreen
from kiosk.spool import SpoolState
from kiosk.text import N_, _, fill
from kiosk.values import PaperLine
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, cell, line
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.widgets.sheet import Sheet

_DONE = frozenset({JobState.CONFIRMED, JobState.SETTLED, JobState.CANCELLED})

_NUMBER, _NAME, _STATE, _COPY, _AT, _PRINTER = 14, 26, 42, 60, 68, 75

A_PAGE_MORE = 50
"""So many papers are looked up at first, and so many more at the end of the list."""


class Papers(KioskScreen):
    """`chosen` stays in focus whatever happens to the papers around it."""

    TITLE_TEXT = N_("PAPERS")
    help_name = "papers"

    def __init__(self) -> None:
        super().__init__()
        self.head = Sheet(rows=2)
        self.rows = Rows(rows=18)
        self.papers: tuple[PaperLine, ...] = ()
        self.limit = A_PAGE_MORE
        self.cancelling = False
        """Whether the officer is asked if the chosen paper is not to be printed."""
        self._looked_at = 0
        self._copying = Copying(self)

    def body(self) -> Iterable[Widget]:
        yield self.head
        yield self.rows

    @property
    def chosen(self) -> PaperLine | None:
        index = self.rows.index
        return self.papers[index] if index is not None and index < len(self.papers) else None

    @property
    def keys(self) -> Mapping[int, str]:
        own = {key: label for key, label in GATE_KEYS.items() if key != 5}
        paper = self.chosen
        if paper is not None and self._may_settle:
            if paper.state in ON_ITS_WAY:
                own[8] = N_("Cancel")
            elif paper.state in _DONE:
                own[5] = N_("Print")
        return own

    @property
    def _may_settle(self) -> bool:
        officer = self.kiosk.officer
        return officer is not None and officer.may(*DESK)

    # ---- what it is about

    def forget(self) -> None:
        self.papers = ()
        self.cancelling = False
        self._copying.forget()
        self.rows.show([])
        self.head.show([])

    async def enter(self, *about: object) -> None:
        self.limit = A_PAGE_MORE
        self.cancelling = False
        self._copying.forget()
        self.papers = await self._look()
        self._list(0)

    async def returned(self) -> None:
        self._copying.forget()
        await self._look_again()

    async def minute(self) -> None:
        await self._look_again()

    async def paper_changed(self, state: SpoolState) -> None:
        await self._look_again()
        await self._copying.follow()

    async def _look(self, chosen: PaperLine | None = None) -> tuple[PaperLine, ...]:
        from kiosk.services import printing

        self._looked_at = self.kiosk.now()
        besides = None if chosen is None else chosen.job_id
        return await self.kiosk.read(printing.papers, self.kiosk.signed_in, self.limit, besides)

    async def _look_again(self) -> None:
        """The list as it is now. In focus stays the same paper, also one just dealt with: a
        key that bounces must not answer for the next."""
        before = self.chosen
        place = self.rows.index or 0
        self.papers = await self._look(before)
        if before is not None:
            same = (n for n, one in enumerate(self.papers) if one.job_id == before.job_id)
            place = next(same, place)
        self._list(place)
        if self.chosen != before:
            self.cancelling = False
            self.read_from_now()
        self.show()

    # ---- keys

    @property
    def consequence(self) -> bool:
        # F5 is also what opened this screen: a key that bounces must not print a copy.
        return self.cancelling or self._is_asked(self.chosen) or 5 in self.keys

    def answers(self, key: str, character: str | None) -> bool:
        if self.cancelling:
            return key == "enter"
        return key == "f5" if 5 in self.keys else character in set("1234")

    def _is_asked(self, paper: PaperLine | None) -> bool:
        return paper is not None and paper.state in TO_BE_ASKED and self._may_settle

    async def typed(self, key: str, character: str | None) -> bool:
        paper = self.chosen
        if paper is None:
            return key == "f5"
        if self.cancelling:
            self.cancelling = False
            self.show()
            if key == "enter":
                await self._cancel(paper)
            return True
        if character in ("1", "2", "3") and self._is_asked(paper):
            await self._settle(paper, came_out=character == "1", again=character == "2")
        elif character == "4" and self._is_asked(paper) and paper.state is JobState.SENT:
            await self._settle_all()
        elif key == "f8" and 8 in self.keys:
            self.cancelling = True
            self.quiet()
            self.show()
            self.read_from_now()
        elif key == "f5":
            if 5 in self.keys:
                await self._copying.order(paper.job_id)
                await self._look_again()
        else:
            return await self._move(key)
        return True

    async def _move(self, key: str) -> bool:
        before = self.chosen
        answer = self.rows.press(key)
        if answer.kind is RowsKind.IGNORED:
            return False
        if answer.kind is RowsKind.TAKE:
            await self.kiosk.go("preview", self.papers[answer.index].job_id)
            return True
        if answer.index == len(self.papers) - 1 >= self.limit - 1:
            self.limit += A_PAGE_MORE
            await self._look_again()
        if self.chosen != before:
            self.quiet()
            self.show()
            self.read_from_now()
        return True

    async def _settle(self, paper: PaperLine, *, came_out: bool, again: bool) -> None:
        from kiosk.services import printing

        await self.kiosk.write(
            printing.settle, self.kiosk.signed_in, paper.job_id, came_out, again
        )
        await self._look_again()
        if came_out:
            sentence = N_("Written down: {paper} came out.")
        elif again:
            sentence = N_("Written down. A copy is printing, marked as one: {paper}.")
        else:
            sentence = N_("Written down: {paper} did not come out and is not needed.")
        self.say(DONE, sentence, paper=_named(paper))
        if again:
            self._copying.watch(paper.job_id)

    async def _settle_all(self) -> None:
        from kiosk.services import printing

        count = await self.kiosk.write(
            printing.settle_all_came_out, self.kiosk.signed_in, self._looked_at
        )
        await self._look_again()
        self.say(DONE, N_("Written down: all came out. Papers: {count}."), count=count)

    async def _cancel(self, paper: PaperLine) -> None:
        from kiosk.services import printing

        if paper.state is JobState.SENDING:
            if self.kiosk.spool is not None and self.kiosk.spool.abort(paper.job_id):
                sentence = N_("Given up. Look whether {paper} came out.")
                self.say(DONE, sentence, paper=_named(paper))
            else:
                # It ended in this moment; the list says how.
                await self._look_again()
            return
        await self.kiosk.write(printing.cancel, self.kiosk.signed_in, paper.job_id)
        await self._look_again()
        self.say(DONE, N_("Cancelled. This paper is not printed."))

    # ---- drawing

    def draw(self) -> None:
        self._list(self.rows.index or 0)
        self._question()

    def _list(self, place: int) -> None:
        count = Counter(one.state for one in self.papers)
        unknown, waiting = count[JobState.UNCERTAIN], count[JobState.QUEUED]
        self.head.show(
            [
                line(
                    at(2, fill(_("came out or not: {count}"), count=unknown), _warn(unknown)),
                    at(
                        32, fill(_("waiting: {count}"), count=waiting + count[JobState.SENDING])
                    ),
                    at(54, fill(_("handed over: {count}"), count=count[JobState.SENT])),
                ),
                (),
            ]
        )
        head = line(
            at(3, _("paper"), Ink.HEAD),
            at(_NUMBER, _("number"), Ink.HEAD),
            at(_NAME, _("for"), Ink.HEAD),
            at(_STATE, _("state"), Ink.HEAD),
            at(_COPY, _("copy"), Ink.HEAD),
            at(_AT, _("made"), Ink.HEAD),
            at(_PRINTER, _("pr.") if self._two_printers else "", Ink.HEAD),
        )
        self.rows.show(
            [self._row(one) for one in self.papers],
            head=head,
            index=place,
            empty=_("Nothing has been printed yet."),
        )

    @property
    def _two_printers(self) -> bool:
        return SECOND_PRINTER in self.kiosk.board.states

    def _row(self, one: PaperLine) -> Line:
        made = local(one.at, self.kiosk.zone)
        same_day = made.date() == self.kiosk.today()
        ink = _warn(one.state in TO_BE_ASKED)
        number = ("2" if one.printer == SECOND_PRINTER else "1") if one.printer else "–"
        return line(
            at(1, "!" if one.state is JobState.UNCERTAIN else " ", ink),
            cell(3, wording.paper(one.template), _NUMBER - 3),
            cell(_NUMBER, one.number, _NAME - _NUMBER),
            cell(_NAME, _short(one.name), _STATE - _NAME),
            cell(_STATE, wording.label(one.state), _COPY - _STATE, ink),
            at(_COPY, str(one.copy_no) if one.copy_no else ""),
            at(_AT, made.strftime("%H:%M" if same_day else "%d.%m.")),
            at(_PRINTER, number if self._two_printers else ""),
        )

    def _question(self) -> None:
        paper = self.chosen
        if paper is None:
            self.ask(N_("Esc = back"))
        elif self.cancelling and paper.state is JobState.SENDING:
            self.ask(
                N_("Give up {paper}, half printed or not?  Enter = give up   Esc = no"),
                paper=_named(paper),
            )
        elif self.cancelling:
            self.ask(
                N_("Cancel {paper}, unprinted?  Enter = cancel   Esc = keep it"),
                paper=_named(paper),
            )
        elif self._is_asked(paper) and paper.state is JobState.SENT:
            self.ask(N_("Did it come out?  1 yes   2 no, again   3 no, not needed   4 all did"))
        elif self._is_asked(paper):
            self.ask(N_("Did it come out?  1 yes   2 no, print again   3 no, not needed"))
        elif paper.state in _DONE and self._is_asked(self.papers[0]):
            self.ask(N_("Home = the next one to settle   Enter = look at it   Esc = back"))
        elif 8 in self.keys:
            self.ask(N_("Enter = look at it   F8 = cancel it   Esc = back"))
        elif 5 in self.keys:
            self.ask(N_("Enter = look at it   F5 = a marked copy   Esc = back"))
        else:
            self.ask(N_("Enter = look at it   Esc = back"))


def _warn(warned: object) -> Ink:
    return Ink.WARN if warned else Ink.PLAIN


def _named(paper: PaperLine) -> str:
    """badge V-26-004512"""
    return f"{wording.paper(paper.template)} {paper.number}".rstrip()


def _short(name: str) -> str:
    """Surname and initial: Асанова А."""
    surname, _blank, rest = name.partition(" ")
    return f"{surname} {rest[:1]}." if rest else surname
