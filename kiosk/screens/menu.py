"""The main menu (F10): what this post can do, and how the day stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.widget import Widget

from kiosk.clock import local
from kiosk.codes import DraftKind, Role
from kiosk.screens.screen import DESK, DONE, GATE_KEYS, KioskScreen
from kiosk.spool import SpoolState
from kiosk.text import N_, _, fill
from kiosk.values import DraftLine, Today
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line, shorten
from kiosk.widgets.sheet import Sheet

_LEFT = 37  # columns before the line that parts both halves

_DRAFTS = {
    DraftKind.PERSON: N_("new person"),
    DraftKind.ARRIVAL: N_("arrival"),
    DraftKind.BRINGING: N_("package"),
    DraftKind.POSTED: N_("parcel"),
    DraftKind.PACKAGE: N_("package"),
    DraftKind.FIND: N_("find"),
}


class Menu(KioskScreen):
    """Digits act at once; a scan opens Arrival, a badge Departure.

    A digit keeps its place for every role, so that fingers know it.
    """

    TITLE_TEXT = N_("MENU")
    help_name = "menu"

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet()
        self.today: Today | None = None
        self.drafts: tuple[DraftLine, ...] = ()

    def body(self) -> Iterable[Widget]:
        yield self.sheet

    @property
    def keys(self) -> Mapping[int, str]:
        own = {key: label for key, label in GATE_KEYS.items() if key != 10}
        own[2] = N_("Lang.")
        if self.kiosk.post.demo:
            return own | {7: N_("Next"), 8: N_("Paper")}
        return own | {10: N_("Lock")}

    @property
    def consequence(self) -> bool:
        # F10 is also what opened this screen: a key that bounces must not lock it.
        return 10 in self.keys

    def answers(self, key: str, character: str | None) -> bool:
        return key == "f10"

    # ---- how the day stands

    async def enter(self, *about: object) -> None:
        await self._count()

    async def returned(self) -> None:
        await self._count()

    async def opened(self) -> None:
        await self._count()
        self.show()

    async def minute(self) -> None:
        await self._count()
        self.draw()

    async def paper_changed(self, state: SpoolState) -> None:
        await self._count()
        self.draw()

    def forget(self) -> None:
        self.drafts = ()

    async def _count(self) -> None:
        if self.kiosk.register is None:
            return
        from kiosk.services import drafts, today

        self.today = await self.kiosk.read(today.today)
        if self.kiosk.officer is not None:
            kept = await self.kiosk.read(drafts.kept, self.kiosk.officer)
            # No other bag can be listed before the one that lies open on the table.
            self.drafts = tuple(sorted(kept, key=lambda one: one.kind is not DraftKind.PACKAGE))

    # ---- drawing

    def entries(self) -> list[tuple[str, str, str]]:
        """Digit, label and remark of each line that the officer's roles and the post have."""
        officer = self.kiosk.officer
        lines: list[tuple[str, str, str]] = []
        if officer is None:
            return lines
        steps = self.kiosk.settings.desk.steps
        desk = officer.may(*DESK)
        if desk and "arrival" in steps:
            lines.append(("1", _("Arrival"), _("or scan")))
        if desk and "departure" in steps:
            lines.append(("2", _("Departure"), _("or badge")))
        if desk and "package" in steps:
            lines.append(("3", _("Package"), _("handed in")))
            lines.append(("4", _("Parcel"), _("by post")))
        if desk:
            lines.append(("5", _("Waiting board"), ""))
            lines.append(("6", _("Storage"), _("or scan label")))
            lines.append(("7", _("Finds"), self._unfinished()))
        if officer.may(*DESK, Role.ADMINISTRATOR, Role.AUDITOR):
            lines.append(("8", _("Registers"), ""))
        if officer.may(Role.ADMINISTRATOR, Role.SUPERVISOR):
            lines.append(("9", _("Setup"), ""))
        lines.append(("0", _("Leave the demo") if self.kiosk.post.demo else _("Sign out"), ""))
        return lines

    def _unfinished(self) -> str:
        """How many finds have no act yet."""
        count = self.today.finds_open if self.today is not None else 0
        return fill(_("not finished {count}"), count=count) if count else ""

    def draw(self) -> None:
        left: list[Line] = [() for _row in range(11)]
        for key, label, remark in self.entries():
            row = int(key) or 10
            left[row] = line(at(2, key, Ink.BOLD), at(5, label), at(24, remark, Ink.DIM))
        left.append(())
        for text, ink in self._remarks():
            left.append(line(at(2, shorten(text, _LEFT), ink)))
        right = self._day()
        lines: list[Line] = []
        for row in range(min(max(len(left), len(right)), self.sheet.rows)):
            begin = left[row] if row < len(left) else ()
            end = right[row] if row < len(right) else ()
            lines.append(line(*begin, at(40, "│", Ink.HEAD), at(42, ""), *end))
        self.sheet.show(lines)
        desk = self.kiosk.officer is not None and self.kiosk.officer.may(*DESK)
        self.ask(N_("Press a digit, or scan a document") if desk else N_("Press a digit"))

    def _remarks(self) -> Iterable[tuple[str, Ink]]:
        """What waits for this officer, and what the function keys do only here."""
        settle = self._to_be_settled()
        if settle:
            yield f"{settle} F5", Ink.WARN
        for draft in self.drafts[:2]:
            yield draft_text(draft), Ink.WARN
            further = _("F6 goes on")
            if draft.of:
                further = fill(
                    _("fields {done} / {of}.  F6 goes on"), done=draft.done, of=draft.of
                )
            yield f" {local(draft.at, self.kiosk.zone):%H:%M}  {further}", Ink.WARN
        if self.kiosk.post.demo:
            yield _("F7 Scan the next person (demo)"), Ink.DIM
            yield _("F8 The printed paper (demo)"), Ink.DIM

    def _day(self) -> list[Line]:
        today = self.today
        if today is None:
            return [(), line((_("Opening the register …"), Ink.DIM))]
        day = today.day.strftime("%d.%m.%Y")
        lines: list[Line] = [(), line((_("TODAY"), Ink.HEAD), at(17, day)), ()]
        lines += [
            _pair(_("in the queue"), today.waiting, _("longest, min"), today.longest),
            _pair(_("inside"), today.inside, _("overdue"), today.overdue, Ink.WARN),
            _pair(_("visits"), today.visits, _("refused"), today.refused),
            _pair(_("reviews"), today.reviews) if today.reviews else (),
            _pair(_("packages"), today.packages, _("seized"), today.finds),
            (),
            line((_("STORAGE"), Ink.HEAD)),
            _pair(_("to hand over"), today.stored, _("past time"), today.spoiled, Ink.WARN),
            (),
            line((_("PAPERS"), Ink.HEAD)),
            _pair(_("waiting"), today.waiting_papers),
        ]
        if today.uncertain_papers:
            lines.append(
                line((_("came out or not"), Ink.WARN), at(17, str(today.uncertain_papers)))
            )
        lines += [(), line((_("RULES"), Ink.HEAD), at(17, today.rule_set))]
        if not today.rules_confirmed:
            lines.append(line((_("not confirmed by the prison"), Ink.WARN)))
        return lines

    def _to_be_settled(self) -> str:
        """Papers of which nobody knows whether they came out; admissions never wait for it."""
        count = self.today.uncertain_papers if self.today is not None else 0
        if count > 1:
            return fill(_("{count} papers: did they come out?"), count=count)
        return _("1 paper: did it come out?") if count else ""

    # ---- keys

    async def typed(self, key: str, character: str | None) -> bool:
        kiosk = self.kiosk
        if key == "f2":
            await kiosk.go("language")
        elif key == "f10":
            if 10 in self.keys:
                await kiosk.lock()
        elif key == "f6" and self.drafts and not kiosk.scans.count:
            await self._go_on(self.drafts[0])
        elif key == "f7" and kiosk.post.demo:
            if await kiosk.scan_next():
                self.say(DONE, N_("The simulated reader was given a document."))
        elif key == "f8" and kiosk.post.demo:
            await kiosk.go("paper")
        elif character in {entry[0] for entry in self.entries()}:
            self.quiet()
            await self._open(character)
        else:
            return False
        return True

    async def _go_on(self, left: DraftLine) -> None:
        """What was left last and is shown first; a form takes itself up."""
        if left.kind is DraftKind.ARRIVAL:
            await self.kiosk.go("arrival", left)
        elif left.kind is DraftKind.BRINGING:
            await self.kiosk.go("bringing", left)
        elif left.kind is DraftKind.POSTED:
            await self.kiosk.go("posted")
        elif left.kind is DraftKind.PACKAGE:
            await self.kiosk.go("package", left)
        elif left.kind is DraftKind.FIND:
            await self.kiosk.go("find_record")
        else:
            await self.kiosk.go("person")

    async def _open(self, digit: str | None) -> None:
        kiosk = self.kiosk
        match digit:
            case "1":
                await kiosk.go("person")
            case "2":
                await kiosk.go("departure")
            case "3":
                await kiosk.go("bringing")
            case "4":
                await kiosk.go("posted")
            case "5":
                await kiosk.go("board")
            case "6":
                await kiosk.go("storage")
            case "7":
                await kiosk.go("finds")
            case "8":
                await kiosk.go("registers")
            case "9":
                await kiosk.go("setup")
            case _ if kiosk.post.demo:
                kiosk.end(0)
            case _:
                await kiosk.sign_out()


def _pair(
    label: str, count: int, other: str = "", other_count: int = 0, ink: Ink = Ink.PLAIN
) -> Line:
    """A counter, and a second one beside it that is coloured unless it is 0."""
    if not other:
        return line(label, at(17, str(count)))
    return line(
        label,
        at(17, str(count)),
        at(21, other),
        at(34, str(other_count), ink if other_count else Ink.PLAIN),
    )


def draft_text(draft: DraftLine) -> str:
    """Whose it is and what; a long name gives way, so that the rest stands whole."""
    kind = _(_DRAFTS[draft.kind])
    name = shorten(draft.name, _LEFT - len(fill(_("Draft: {what}"), what=kind)) - 2)
    what = ", ".join(part for part in (name, kind) if part)
    return fill(_("Draft: {what}"), what=what)
