"""Deposit and search: what each visitor leaves under a tag, then how they were searched.

One question at a time below, all that was answered above: left what hangs on the tags, right
the searches. Nothing about a search is proposed that has legal weight.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from uuid import UUID

from kiosk import wording
from kiosk.codes import (
    CaseState,
    Left,
    Screening,
    ScreeningConsent,
    ScreeningResult,
)
from kiosk.errors import Refused
from kiosk.screens import cards, choices, kept_out
from kiosk.screens.kept_out import KeptOut
from kiosk.screens.screen import (
    ANOTHER_POST,
    ATTENTION,
    DONE,
    FORM_KEYS,
    HeadedFormScreen,
)
from kiosk.text import N_, _, fill
from kiosk.values import AtWindow, MemberAtWindow, Officer, SearchRecord, ThingLeft
from kiosk.widgets.fields import Choice, Field, Number, Option, Text
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, cell, line, shorten

_MIDDLE = 40
# What was found: they go in all the same, or they do not.
_TURNED_AWAY = "turned_away"


class DepositSearch(HeadedFormScreen):
    """About a case whose visitors were admitted. `to_leave` and `to_search` are those of them
    who are still to be asked, in their order; `kept` what keeps out those who were searched."""

    TITLE_TEXT = N_("DEPOSIT, SEARCH")
    HEAD_ROWS = 13
    help_name = "deposit_search"

    def __init__(self) -> None:
        super().__init__()
        self.case: AtWindow | None = None
        self.kept: KeptOut | None = None
        self.staff: tuple[Officer, ...] = ()
        self.to_leave: list[UUID] = []
        self.to_search: list[UUID] = []
        self.tag = ""
        self.things: list[ThingLeft] = []

    def forget(self) -> None:
        super().forget()
        self.case = self.kept = None
        self.to_leave, self.to_search, self.things = [], [], []
        self.head.show([])

    @property
    def keys(self) -> Mapping[int, str]:
        keys = {key: label for key, label in FORM_KEYS.items() if key != 8}
        return {**keys, 7: N_("Overr.")} if self.is_about_kept and self.kept else keys

    @property
    def is_about_kept(self) -> bool:
        """All were asked, and somebody who was searched still stands here."""
        return self.current is None and kept_out.stand_here(self.case)

    @property
    def consequence(self) -> bool:
        return self.is_about_kept

    def answers(self, key: str, character: str | None) -> bool:
        return key in ("enter", "f2", "f7") or character == "8"

    @property
    def unsaved(self) -> bool:
        return bool(self.things)

    async def enter(self, *about: object) -> None:
        """`about`: the id of the case."""
        steps = self.kiosk.settings.desk.steps
        if not {"deposit", "search"}.intersection(steps):
            raise Refused(ANOTHER_POST)
        (case_id,) = about
        assert isinstance(case_id, UUID)
        await self._look(case_id)
        assert self.case is not None
        self.kiosk.soon(self._tell_kept)  # once the screen stands there
        members = self.case.members
        self.to_leave = [
            one.member_id
            for one in members
            if "deposit" in steps and one.is_adult and one.tag is None
        ]
        self.to_search = [
            one.member_id for one in members if "search" in steps and not one.searched
        ]
        await self._next()

    async def _look(self, case_id: UUID) -> None:
        from kiosk.services import searches, staff

        kiosk = self.kiosk
        self.case = await kiosk.read(searches.at_window, kiosk.signed_in, case_id)
        self.kept = await kept_out.look(kiosk, self.case)
        self.staff = await kiosk.read(staff.users)

    # ---- one question after another

    @property
    def current(self) -> MemberAtWindow | None:
        """Whose things, or whose search, are asked for now."""
        waiting = self.to_leave or self.to_search
        if self.case is None or not waiting:
            return None
        return next((one for one in self.case.members if one.member_id == waiting[0]), None)

    async def _next(self) -> None:
        """The next question; none where everybody was asked."""
        while self.current is None and (self.to_leave or self.to_search):
            (self.to_leave or self.to_search).pop(0)  # turned away meanwhile
        self.things = []
        if self.to_leave:
            from kiosk.services import deposits

            self.tag = await self.kiosk.read(deposits.next_tag)
            self._ask_thing()
        elif self.to_search:
            self._ask_search()
        else:
            self.form.load([])

    def _ask_thing(self) -> None:
        # The hook's number stands before the things: who takes the next one never meets it.
        tag = [] if self.things else [Text("tag", N_("Tag"), required=True, limit=3)]
        self.form.load(
            [
                *tag,
                Choice(
                    "what",
                    N_("What"),
                    required=True,
                    options=choices.options(Left),
                    help=N_("What is left, by its digit   0 = nothing (more)   F4 = list"),
                ),
                Number("pieces", N_("How many"), required=True, least=1, whole_digits=5),
            ],
            {"pieces": "1", "tag": self.tag},
            proposed=["pieces", "tag"],
            first="what",
        )

    def _ask_search(self) -> None:
        member = self.current
        assert member is not None
        level = Screening.DETECTOR if member.is_adult else Screening.THINGS
        fields: list[Field] = [
            Choice("level", N_("Level"), required=True, options=_levels(member)),
            Choice("officer", N_("Searched by"), required=True, options=self._searchers()),
            Choice(
                "consent",
                N_("Consent"),
                required=True,
                options=choices.options(ScreeningConsent),
                help=N_("Does the visitor consent?  1 yes   2 no   3 took it back"),
            ),
            Choice(
                "result",
                N_("Result"),
                required=True,
                options=_results(),
                help=N_("What did the search find?  1 nothing   2 found, in   3 found, not in"),
            ),
        ]
        self.form.load(
            fields,
            {"level": level.value, "officer": str(self.kiosk.signed_in.staff_id)},
            proposed=["level", "officer"],
            first="consent",
        )

    def _searchers(self) -> tuple[Option, ...]:
        """Whoever is signed in first, then the others, each with the sex."""
        mine = self.kiosk.signed_in.staff_id
        ordered = sorted(self.staff, key=lambda one: one.staff_id != mine)
        return tuple(Option(str(one.staff_id), partial(_with_sex, one)) for one in ordered)

    # ---- keys

    async def typed(self, key: str, character: str | None) -> bool:
        if self.is_about_kept and (key in ("enter", "f7") or character == "8"):
            await self._settle_kept(key)
            return True
        if self.current is None and key in ("enter", "f2", "escape"):
            await self.kiosk.home()
            return True
        if self.to_leave and character == "0" and self.form.current == "what":
            await self._hang()
            return True
        return await super().typed(key, character)

    async def changed(self, field: str) -> None:
        """Without consent there is no result to wait for."""
        if field == "consent" and self.form.values["consent"] in (
            ScreeningConsent.NO,
            ScreeningConsent.WITHDRAWN,
        ):
            await self._search(ScreeningResult.NOT_DONE)

    async def save(self) -> None:
        values = self.form.values
        if self.to_leave:
            if values.get("tag"):
                self.tag = values["tag"].zfill(3)
            self.things.append(ThingLeft(Left(values["what"]), int(values["pieces"])))
            self._ask_thing()
            self.show()
        elif self.to_search and values.get("result"):
            result = values["result"]
            found = result == _TURNED_AWAY
            await self._search(
                ScreeningResult.FOUND if found else ScreeningResult(result), goes_in=not found
            )

    async def _hang(self) -> None:
        """0: all is listed; the tag is printed where something is left."""
        from kiosk.services import deposits

        member, kiosk = self.current, self.kiosk
        assert member is not None
        if self.things:
            await kiosk.write(
                deposits.leave_things,
                kiosk.signed_in,
                member.member_id,
                self.tag,
                tuple(self.things),
            )
        said = self.tag if self.things else ""
        self.to_leave.pop(0)
        await self._refresh()
        if said:
            self.say(DONE, N_("Tag {tag} is printing. Hang it now."), tag=said)

    async def _search(self, result: ScreeningResult, *, goes_in: bool = True) -> None:
        from kiosk.services import searches

        values, member, kiosk = self.form.values, self.current, self.kiosk
        assert member is not None
        search = SearchRecord(
            level=Screening(values["level"]),
            officer_id=UUID(values["officer"]),
            consent=ScreeningConsent(values["consent"]),
            result=result,
            goes_in=goes_in,
        )
        done = await kiosk.write(searches.record, kiosk.signed_in, member.member_id, search)
        if member.member_id in self.to_search:
            self.to_search.remove(member.member_id)
        await self._refresh()
        if done.kept_out and self.kept is not None:
            await self._tell_kept()
        elif done.state is CaseState.CANCELLED:
            self.say(DONE, N_("Nobody goes in. The visit is given back to the prisoner."))
        elif search.consent is not ScreeningConsent.YES or not goes_in:
            self.say(DONE, N_("Does not go in: {name}"), name=member.name.short)
        if done.find is not None:
            await kiosk.go("find_record", done.find.find_id)

    # ---- whom something keeps out that came since the admission

    async def _settle_kept(self, key: str) -> None:
        """F7: a second person signs; 8: they go away; Enter: let in, where nothing keeps them
        out any more, else they wait on."""
        case, kept = self.case, self.kept
        assert case is not None
        if key == "enter" and kept is not None:
            await self.kiosk.home()
        elif key == "f7":
            if kept is not None and kept.proposal is not None:
                names = kept_out.names_of(case)
                await self.kiosk.go("override", kept.proposal.request, kept.proposal, *names)
        elif key == "enter":
            await kept_out.let_in(self.kiosk, case.case_id)
            await self._refresh()
            self.say(DONE, N_("They go in."))
        elif kept is not None:
            state = await kept_out.turn_away(self.kiosk, case.case_id)
            await self._refresh()
            if state is CaseState.CANCELLED:
                self.say(DONE, N_("Nobody goes in. The visit is given back to the prisoner."))
            else:
                self.say(DONE, N_("Does not go in: {name}"), name=kept.name)

    async def _tell_kept(self) -> None:
        """Say why somebody does not go in, where somebody does not."""
        if self.kept is not None:
            self.kiosk.bell()
            self.say(ATTENTION, N_("May not go in now. {why}"), why=self.kept.why())

    async def returned(self) -> None:
        """Back from another screen: as it stands now."""
        await super().returned()
        if self.case is not None:
            await self._look(self.case.case_id)
            self.kiosk.soon(self._tell_kept)

    async def _refresh(self) -> None:
        assert self.case is not None
        await self._look(self.case.case_id)
        await self._next()
        self.show()
        self.read_from_now()

    # ---- drawing

    def draw(self) -> None:
        super().draw()
        case = self.case
        if case is None:
            self.head.show([])
            return
        title = f"{case.number}   {wording.label(case.service)}"
        rows = self.HEAD_ROWS - 2
        left: list[Line] = [line(at(2, _("LEFT HERE"), Ink.HEAD))]
        right: list[Line] = [line((_("SEARCHES"), Ink.HEAD))]
        for one in case.members:
            left += self._left_lines(one)
            right.append(self._search_line(one))
        self.head.show(
            [line(at(2, title, Ink.BOLD)), (), *cards.beside(left[:rows], right[:rows], rows)]
        )

    def _left_lines(self, one: MemberAtWindow) -> list[Line]:
        hanging = list(one.tag.things) if one.tag is not None else []
        tag = one.tag.tag if one.tag is not None else ""
        if self.to_leave and self.current == one:
            hanging, tag = self.things, self.tag
        lines: list[Line] = [
            line(
                at(1, self._mark(one)),
                cell(3, one.name.short, 26, Ink.BOLD),
                at(30, fill(_("tag {tag}"), tag=tag) if tag else ""),
            )
        ]
        said = ", ".join(f"{thing.pieces} {wording.label(thing.what)}" for thing in hanging)
        return lines + ([line(at(5, shorten(said, _MIDDLE - 6)))] if said else [])

    def _search_line(self, one: MemberAtWindow) -> Line:
        said = f"{one.name.short}, {wording.label(one.sex)}"
        if not one.is_adult:
            said = f"{said}, {_('child')}"
        state = _("searched") if one.searched else _("not yet")
        ink = Ink.GOOD if one.searched else Ink.PLAIN
        if not one.waits:
            state = _("inside")
        elif one.searched and self.kept is not None:
            state, ink = _("kept out"), Ink.BAD
        return line(
            self._mark(one) if not self.to_leave else " ",
            cell(2, said, 21),
            cell(23, state, 14, ink),
        )

    def _mark(self, one: MemberAtWindow) -> str:
        return ">" if self.current == one else " "

    def speak(self) -> None:
        super().speak()
        if self.is_about_kept and self.kept is not None:
            self.ask(N_("Kept out: F7 = a second person signs   8 = goes away   Enter = menu"))
        elif self.is_about_kept:
            self.ask(N_("Nothing keeps them out any more.   Enter = let in   Esc = menu"))
        elif self.case is not None and self.current is None:
            self.ask(N_("All were asked.   Enter = menu, or scan the next person"))


def _levels(member: MemberAtWindow) -> tuple[Option, ...]:
    """Of a child only the things: no key raises it."""
    codes: Iterable[Screening] = (
        (Screening.PAT_DOWN, Screening.DETECTOR, Screening.THINGS)
        if member.is_adult
        else (Screening.THINGS,)
    )
    return choices.options(codes)


def _with_sex(searcher: Officer) -> str:
    return f"{searcher.name}, {wording.label(searcher.sex)}"


def _results() -> tuple[Option, ...]:
    return (
        Option(ScreeningResult.NOTHING.value, partial(wording.label, ScreeningResult.NOTHING)),
        Option(ScreeningResult.FOUND.value, lambda: _("something found, goes in")),
        Option(_TURNED_AWAY, lambda: _("something found, not in")),
    )
