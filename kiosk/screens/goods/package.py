"""Package: a bag is listed, weighed and decided at the till, then taken in or turned back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.widget import Widget

from devices.events import WeightRead
from kiosk.decimals import kilograms
from kiosk.device_board import PRINTER
from kiosk.errors import AlreadyDone, DecisionChanged, Invalid, Refused
from kiosk.screens.arrival_papers import CasePapers
from kiosk.screens.goods import package_case, package_lines, till_lines
from kiosk.screens.goods.brought import Brought
from kiosk.screens.goods.entry_questions import Answer
from kiosk.screens.goods.package_case import PackageCase
from kiosk.screens.goods.package_questions import question_of
from kiosk.screens.goods.second_look import SecondLook, second_look
from kiosk.screens.screen import ANOTHER_POST, ATTENTION, DONE, GATE_KEYS, KioskScreen
from kiosk.spool import SpoolState
from kiosk.text import N_
from kiosk.values import DraftLine, Override
from kiosk.values.goods import GoodsProposal, GoodsRecorded
from kiosk.widgets.sheet import Sheet

_LISTING_KEYS = {**GATE_KEYS, 2: N_("Go on"), 8: N_("Remove")}


class Package(KioskScreen):
    """While a bag is listed its till takes the keys. While it is `refused` the rules stand
    against it, while there is a `look` it is asked who looked it through once more; `recorded`
    says how it ended."""

    TITLE_TEXT = N_("PACKAGE")
    help_name = "package"

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet()
        self.last_weight: WeightRead | None = None  # as it lay there when a bag was closed
        self.forget()

    def body(self) -> Iterable[Widget]:
        yield self.sheet

    def forget(self) -> None:
        self.case: PackageCase | None = None
        self.refused: GoodsProposal | None = None
        self.asked: GoodsProposal | None = None
        self.look: SecondLook | None = None
        self.recorded: GoodsRecorded | None = None
        self.papers: CasePapers | None = None
        self.removing = self.changed_meanwhile = False
        self.sheet.show([])

    @property
    def keys(self) -> Mapping[int, str]:
        if self.recorded is not None:
            return {**GATE_KEYS, 5: N_("Print")}
        if self.refused is not None:
            return {**GATE_KEYS, 7: N_("Overr.")}
        if self.look is not None:
            return {**GATE_KEYS, 4: N_("List")} if self.look.are_more else GATE_KEYS
        if self.case is None or not self.case.listed.lines:
            return {**_LISTING_KEYS, 4: N_("Last")}
        barred = self.case.till.barred is not None
        return {**_LISTING_KEYS, 7: N_("Overr.") if barred else N_("Seize")}

    # ---- what it is about

    async def enter(self, *about: object) -> None:
        """`about`: what was brought; the draft to go on with; or who signed for what was
        `asked` about the bag that stands here."""
        if "package" not in self.kiosk.settings.desk.steps:
            raise Refused(ANOTHER_POST)
        (subject,) = about
        if isinstance(subject, Override):
            assert self.case is not None
            assert self.asked is not None
            await self.case.sign(subject, self.asked)
            self.case.till.rest()
            self.refused = self.asked = None
            return
        if isinstance(subject, DraftLine):
            case = await package_case.taken_up(self.kiosk)
        else:
            assert isinstance(subject, Brought)
            case = await package_case.new(self.kiosk, subject)
        self.forget()
        self.case = case
        if not case.proposal.decision.passes:
            self.refused = case.proposal
        if case.lost or case.sign_again:
            self.kiosk.soon(self._say_what_is_lost)  # once the screen stands there

    async def _say_what_is_lost(self) -> None:
        if self.case is not None and self.case.lost:
            self.say(
                ATTENTION, N_("The catalogue has changed: look at the list, some are gone.")
            )
        else:
            self.say(
                ATTENTION,
                N_("Some of it passes only with a second signature: 1 on the line, F7."),
            )

    # ---- what the rest of the kiosk may know

    @property
    def listing(self) -> PackageCase | None:
        """The bag that is not over yet."""
        return self.case if self.recorded is None else None

    @property
    def is_barred(self) -> bool:
        """Whether the rules refuse any bag of these two, whatever is in it."""
        return self.case is not None and self.refused is self.case.proposal

    @property
    def unsaved(self) -> bool:
        case = self.listing
        return case is not None and (not case.listed.is_empty or bool(case.till.text))

    @property
    def undecided(self) -> str:
        case = self.listing
        if case is None or self.refused is None:
            return ""
        return case.brought.sender.name.short

    @property
    def consequence(self) -> bool:
        """What is refused, taken out or changed meanwhile is read first, and so is whom a
        digit names."""
        asks = self.removing or self.changed_meanwhile or self.look is not None
        return self.listing is not None and (asks or self.refused is not None)

    async def weighed(self, event: WeightRead | None) -> None:
        if self.listing is not None:
            self.draw()

    async def paper_changed(self, state: SpoolState) -> None:
        """What became of the papers of this bag."""
        if self.papers is not None:
            await self.papers.changed()

    # ---- keys

    async def typed(self, key: str, character: str | None) -> bool:
        self.changed_meanwhile = False
        case = self.case
        if case is None:
            return False
        if self.recorded is not None:
            return await self._typed_afterwards(self.recorded, key, character)
        if self.refused is not None:
            return await self._typed_refused(case, self.refused, key)
        if self.look is not None:
            return await self._looked_through(case, self.look, key, character)
        if self.removing:
            await self._remove(case, key, character)
        elif key == "f2":
            await self._close(case)
        elif key == "f10" and case.listed.is_empty:
            await case.drop()  # nothing to go on with, and no window waits for it
            self.forget()
            await self.kiosk.home()
        elif key == "f4" and not case.till.text:
            await self._as_last_time(case)
        elif key == "f8":
            self.removing = True
            case.till.focus = case.till.meant
            self.quiet()
            self.draw()
            self.read_from_now()
        else:
            return await self._list(case, key, character)
        return True

    async def _list(self, case: PackageCase, key: str, character: str | None) -> bool:
        case.till.scale.show(self.kiosk.scale, self.last_weight)
        answer = case.till.press(key, character)
        if answer is Answer.IGNORED:
            return False
        if answer is Answer.BACK:
            await self._leave(case)
            return True
        if answer is Answer.SIGN:
            assert case.till.barred is not None
            await self._ask_to_sign(case, await case.wanting(case.till.barred))
            return True
        if answer is Answer.CHANGED:
            await case.keep()
        self._tell(case)
        return True

    async def _ask_to_sign(self, case: PackageCase, asked: GoodsProposal) -> None:
        """F7: a second person signs for what the rules refuse, or for a line."""
        self.asked = asked
        name = case.brought.sender.name.short
        await self.kiosk.go("override", asked.request, asked, name)

    def _tell(self, case: PackageCase) -> None:
        """What the till has to say, and how the bag stands."""
        heard = case.till.heard
        self.show()
        if heard is None:
            self.quiet()
        else:
            self.kiosk.bell()
            self.say(ATTENTION, heard.sentence, **heard.values)

    async def _leave(self, case: PackageCase) -> None:
        """Esc with nothing left to undo; what was listed is kept."""
        if case.listed.is_empty:
            await case.drop()
            self.forget()
            await self.kiosk.back()
            return
        await self.kiosk.home()
        self.kiosk.front.say(DONE, N_("The list of the bag is kept. The menu goes on with it."))

    async def _remove(self, case: PackageCase, key: str, character: str | None) -> None:
        """F8 asked: Enter takes the line out, 8 drops the bag, any other key does neither."""
        self.removing = False
        place = case.till.meant
        if character == "8" or (key == "enter" and place is None):
            await case.drop()
            self.forget()
            await self.kiosk.home()
            gone = case.brought.sender.name.short
            self.kiosk.front.say(DONE, N_("Nothing was recorded: {name}"), name=gone)
            return
        if key == "enter" and place is not None:
            case.till.remove(place)
            await case.keep()
        self.show()

    async def _as_last_time(self, case: PackageCase) -> None:
        """F4: what this sender brought last, to be compared with what lies there."""
        count = await case.list_as_last_time()
        self.show()
        said = N_("Lines as last time: {count}. Compare each with what lies there.")
        self.say(DONE, said, count=count)

    # ---- closing

    async def _close(self, case: PackageCase) -> None:
        """F2: what is missing is asked, then the rules; then it is written."""
        case.till.scale.show(self.kiosk.scale, self.last_weight)
        if case.till.ask_what_is_missing():
            self._tell(case)
            return
        if case.asks_second_look:
            self.look = await second_look(self.kiosk)
            self.quiet()
            self.show()
            self.read_from_now()
            return
        proposal = await case.decide()
        if case.stands_against(proposal):
            self.refused = proposal
            self.show()
            self.read_from_now()
            return
        try:
            self._record(case, await case.take_in(proposal))
        except DecisionChanged as changed:
            await self._look_again(case, changed)
        except AlreadyDone as done:
            self.say(ATTENTION, done.sentence, **done.values)
        except Invalid as refusal:
            if refusal.field == "extra_by":  # whoever that was is an officer here no more
                case.extra_by = None
            raise

    async def _look_again(self, case: PackageCase, changed: DecisionChanged) -> None:
        """Something is different now: it is shown, and the same key goes on with it."""
        await case.ask_again()
        self.changed_meanwhile = True
        self.show()
        self.read_from_now()
        self.kiosk.bell()
        self.say(ATTENTION, changed.sentence, **changed.values)

    def _record(self, case: PackageCase, recorded: GoodsRecorded) -> None:
        case.till.rest()
        self.last_weight = self.kiosk.scale
        self.recorded = recorded
        self.refused = None
        self.papers = CasePapers(self, recorded)
        self.show()
        number, weight = recorded.number, kilograms(recorded.net_grams)
        if recorded.refused:
            said = N_("Refusal {number} is recorded. The paper is printing.")
            self.say(DONE, said, number=number)
        else:
            said = N_("Recorded: {number}, {weight} kg. Receipt and label are printing.")
            self.say(DONE, said, number=number, weight=weight)
        # The number stands in the frame; why no paper comes stands nowhere else.
        self.kiosk.news.tell_fault(PRINTER)

    async def _typed_afterwards(
        self, recorded: GoodsRecorded, key: str, character: str | None
    ) -> bool:
        if character == "7" and recorded.finds:
            await self.kiosk.go("find_record", recorded.finds[0])
        elif key == "f5":
            assert self.papers is not None
            await self.papers.copy()
        elif key == "f2":
            self.say(DONE, N_("Already recorded: {number}."), number=recorded.number)
        elif key in ("enter", "escape"):
            self.forget()
            await self.kiosk.home()
        else:
            return False
        return True

    # ---- what the rules refuse

    async def _typed_refused(self, case: PackageCase, refused: GoodsProposal, key: str) -> bool:
        if key == "enter":
            try:
                self._record(case, await case.turn_back(refused))
            except DecisionChanged as changed:
                self.refused = None
                await self._look_again(case, changed)
        elif key == "f7":
            await self._ask_to_sign(case, refused)
        elif key == "escape" and case.listed.is_empty:
            await self._leave(case)
        elif key == "escape" and not self.is_barred:
            self.refused = None
            self.show()
        elif key == "escape":
            await self.kiosk.home()
        else:
            return False
        return True

    # ---- the second look, where the lot fell on it

    async def _looked_through(
        self, case: PackageCase, look: SecondLook, key: str, character: str | None
    ) -> bool:
        """A digit names who looked it through, Esc goes back to the list."""
        named = look.named(character)
        if key == "f4" and look.are_more:
            look.turn()
            self.draw()
        elif key == "escape":
            self.look = None
            self.show()
        elif named is not None:
            self.look = None
            case.looked_through(named.staff_id)
            self.show()
            await self._close(case)
        else:
            return False
        return True

    # ---- drawing

    def draw(self) -> None:
        case, kiosk = self.case, self.kiosk
        if case is None:
            self.sheet.show([])
            self.ask("")
            return
        number = self.recorded.number if self.recorded is not None else ""
        top = package_lines.heading(case, number)
        if self.recorded is not None:
            above = till_lines.recorded_lines(case.till, top, kiosk.zone, kiosk.now())
            if self.recorded.refused:  # what it would have weighed is nothing now
                above[-2:] = [(), ()]
            medical = case.listed.bag.medical
            self.sheet.show([*above, *package_lines.verdict_lines(self.recorded, medical)])
        elif self.refused is not None:
            self.sheet.show(package_lines.refusal_lines(top, self.refused))
        elif self.look is not None:
            self.sheet.show(package_lines.officer_lines(top, self.look.shown))
        else:
            case.till.scale.show(self.kiosk.scale, self.last_weight)
            self.sheet.show(till_lines.lines_of(case.till, top, kiosk.zone, kiosk.now()))
        question, values = question_of(self, case.till)
        self.ask(question, **values)
