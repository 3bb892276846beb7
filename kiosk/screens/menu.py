"""The main menu (F10): what this post can do, and how the day stands."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from kiosk.codes import Role
from kiosk.screens.screen import DESK, DONE, GATE_KEYS, KioskScreen
from kiosk.spool import SpoolState
from kiosk.text import N_, _, fill
from kiosk.values import Today
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, at, line
from kiosk.widgets.sheet import Sheet


class Menu(KioskScreen):
    """Digits act at once; a scan opens Arrival, a badge Departure."""

    TITLE_TEXT = N_("MENU")
    KEYS = GATE_KEYS
    help_name = "menu"

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet()
        self.today: Today | None = None

    def body(self) -> Iterable[Widget]:
        yield self.sheet

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

    async def _count(self) -> None:
        if self.kiosk.register is not None:
            from kiosk.services import today

            self.today = await self.kiosk.read(today.today)

    def entries(self) -> list[tuple[str, str, str]]:
        """Key, label and remark of each line, as the officer's roles and the post have them."""
        officer = self.kiosk.officer
        lines: list[tuple[str, str, str]] = []
        if officer is None:
            return lines
        steps = self.kiosk.settings.desk.steps
        if officer.may(*DESK) and "arrival" in steps:
            lines.append(("1", _("Arrival"), _("or scan")))
        if officer.may(*DESK) and "departure" in steps:
            lines.append(("2", _("Departure"), _("or badge")))
        looks_up = officer.may(*DESK, Role.ADMINISTRATOR)
        if looks_up:
            lines += [("3", _("Find"), "F3"), ("4", _("Who is inside"), "F9")]
        if officer.may(Role.ADMINISTRATOR, Role.SUPERVISOR):
            lines.append(("5", _("Setup"), ""))
        lines += [("6", _("Language"), "")]
        if self.kiosk.post.demo:
            lines += [
                ("7", _("Scan the next person"), _("demo")),
                ("8", _("The printed paper"), _("demo")),
            ]
        else:
            lines.append(("7", _("Lock"), ""))
        if looks_up:
            lines.append(("9", _("Papers"), "F5"))
        lines.append(("0", _("Leave the demo") if self.kiosk.post.demo else _("Sign out"), ""))
        return lines

    def draw(self) -> None:
        left: list[Line] = [()]
        for key, label, remark in self.entries():
            left.append(line(at(2, key, Ink.BOLD), at(5, label), at(28, remark, Ink.DIM)))
            below = {"1": self._kept, "9": self._to_be_settled}.get(key)
            left.append(line(at(5, below(), Ink.WARN)) if below is not None else ())
        right = self._day()
        rows = max(len(left), len(right))
        lines: list[Line] = []
        for row in range(min(rows, self.sheet.rows)):
            begin = left[row] if row < len(left) else ()
            end = right[row] if row < len(right) else ()
            lines.append(line(*begin, at(40, "│", Ink.HEAD), at(42, ""), *end))
        self.sheet.show(lines)
        desk = self.kiosk.officer is not None and self.kiosk.officer.may(*DESK)
        self.ask(N_("Press a digit, or scan a document") if desk else N_("Press a digit"))

    def _day(self) -> list[Line]:
        today = self.today
        if today is None:
            return [(), line((_("Opening the register …"), Ink.DIM))]
        day = today.day.strftime("%d.%m.%Y")
        lines: list[Line] = [(), line((_("TODAY"), Ink.HEAD), at(17, day)), ()]
        uncertain = today.uncertain_papers
        overdue = (str(today.overdue), Ink.WARN if today.overdue else Ink.PLAIN)
        lines += [
            line(_("inside"), at(17, str(today.inside)), "   ", _("overdue"), " ", overdue),
            line(_("visits"), at(17, str(today.visits))),
            line(_("refused"), at(17, str(today.refused))),
            (),
            line((_("PAPERS"), Ink.HEAD)),
            (),
            line(_("waiting"), at(17, str(today.waiting_papers))),
            *(
                [line((_("came out or not"), Ink.WARN), at(17, str(uncertain)))]
                if uncertain
                else []
            ),
            (),
            line((_("RULES"), Ink.HEAD), at(17, today.rule_set)),
            (),
        ]
        if not today.rules_confirmed:
            lines.append(line((_("not confirmed by the prison"), Ink.WARN)))
        return lines

    async def typed(self, key: str, character: str | None) -> bool:
        if character not in {entry[0] for entry in self.entries()}:
            return False
        self.quiet()
        kiosk = self.kiosk
        match character:
            case "1":
                await kiosk.go("person")
            case "2":
                await kiosk.go("departure")
            case "3":
                await kiosk.go("find")
            case "4":
                await kiosk.go("inside")
            case "5":
                await kiosk.go("setup")
            case "6":
                await kiosk.go("language")
            case "7" if kiosk.post.demo:
                self._demo_scan()
            case "7":
                await kiosk.lock()
            case "8":
                await kiosk.go("paper")
            case "9":
                await kiosk.go("papers")
            case _ if kiosk.post.demo:
                kiosk.end(0)
            case _:
                await kiosk.sign_out()
        return True

    def _kept(self) -> str:
        """A form of a visitor that was left unfinished."""
        form = self.kiosk.kept("person")
        return _("a form is unfinished") if form is not None and form.unsaved else ""

    def _to_be_settled(self) -> str:
        """Papers of which nobody knows whether they came out; admissions never wait for it."""
        count = self.today.uncertain_papers if self.today is not None else 0
        if count > 1:
            return fill(_("{count} papers: did they come out?"), count=count)
        return _("1 paper: did it come out?") if count else ""

    def _demo_scan(self) -> None:
        if self.kiosk.post.scan_next():
            self.say(DONE, N_("The simulated reader was given a document."))
