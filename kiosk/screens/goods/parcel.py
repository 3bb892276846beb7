"""A recorded parcel: what is in it, what happened to it, and what may happen to it next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from textual.widget import Widget

from kiosk.codes import CaseState, GoneReason, Role, Status, Verdict
from kiosk.screens.goods import parcel_lines
from kiosk.screens.screen import ATTENTION, DESK, DONE, GATE_KEYS, KioskScreen
from kiosk.text import N_, _
from kiosk.values.goods import ItemRecorded, ParcelCard, Scanned
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import at, line
from kiosk.widgets.rows import Rows, RowsKind
from kiosk.widgets.sheet import Sheet

_BELOW = 5
_QUESTION_WIDTH = 78
_GONE = {
    "1": GoneReason.DECLINED,
    "2": GoneReason.EXPIRED,
    "3": GoneReason.MOVED,
}


# What a line is corrected to; 1 leaves what it is, and says how much there is of it.
_BECOMES = {
    "2": Verdict.REFUSE,
    "3": Verdict.MEDICAL,
    "4": Verdict.SEIZE,
    "5": Verdict.ACCEPT,
}


@dataclass(frozen=True, slots=True)
class _Act:
    """`label` (msgid) names the key that does it on row 21; the key bar names F8."""

    key: str
    label: str


_HAND_OVER = _Act("1", N_("1 hand over"))
_GIVE_BACK = _Act("1", N_("1 give back"))
_PLACE = _Act("2", N_("2 place"))
_MEDICINE = _Act("3", N_("3 the doctor"))
_MEDICINE_BACK = _Act("3", N_("3 medicine"))
_SEND_BACK = _Act("4", N_("4 send back"))
_SEND_ON = _Act("5", N_("5 send on"))
_CORRECT = _Act("6", N_("6 correct"))
_DESTROY = _Act("7", N_("7 destroy"))
_VOID = _Act("f8", "")

_SCREENS = {
    _HAND_OVER: "handover",
    _GIVE_BACK: "returning",
    _MEDICINE: "to_the_doctor",
    _MEDICINE_BACK: "returning",
    _PLACE: "move_parcel",
    _SEND_ON: "forwarding",
    _DESTROY: "destroy",
    _VOID: "void_parcel",
}
# Before these are done, row 21 asks.
_ASKED = {
    _CORRECT: N_(
        "1 another amount   2 goes back   3 to the doctor   4 seized   5 accepted   Esc"
    ),
    _SEND_BACK: N_("Why?  1 declined   2 kept too long   3 the prisoner is gone   Esc = no"),
}


class Parcel(KioskScreen):
    """`scanned` is what the scan of its label or receipt found. `asked` is the act that
    row 21 asks about now, instead of naming the keys."""

    TITLE_TEXT = N_("PARCEL")
    help_name = "parcel"

    def __init__(self) -> None:
        super().__init__()
        self.head = Sheet(rows=parcel_lines.HEAD_ROWS)
        self.rows = Rows(rows=20 - parcel_lines.HEAD_ROWS - _BELOW)
        self.below = Sheet(rows=_BELOW)
        self.card: ParcelCard | None = None
        self.scanned: Scanned | None = None
        self.asked: _Act | None = None

    def body(self) -> Iterable[Widget]:
        yield self.head
        yield self.rows
        yield self.below

    @property
    def keys(self) -> Mapping[int, str]:
        own = dict(GATE_KEYS)
        if _VOID in self._acts():
            own[8] = N_("Annul")
        return own

    # ---- what it is about

    def forget(self) -> None:
        self.card = self.scanned = self.asked = None
        self.head.show([])
        self.rows.show([])
        self.below.show([])

    async def enter(self, *about: object) -> None:
        """`about`: the id of the case, or what the scan of its paper found."""
        (found,) = about
        self.scanned = found if isinstance(found, Scanned) else None
        case_id = found.case_id if isinstance(found, Scanned) else found
        assert isinstance(case_id, UUID)
        self.card = await self._open(case_id)
        self.asked = None
        self.rows.show([])

    async def returned(self) -> None:
        self.asked = self.scanned = None
        if self.card is not None:
            self.card = await self._open(self.card.case_id)

    async def _open(self, case_id: UUID) -> ParcelCard:
        from kiosk.services.goods import opened

        return await self.kiosk.read(opened.open_parcel, self.kiosk.signed_in, case_id)

    @property
    def current(self) -> ItemRecorded | None:
        index = self.rows.index
        lines = self.card.lines if self.card is not None else ()
        return lines[index] if index is not None and index < len(lines) else None

    @property
    def _find(self) -> UUID | None:
        """The find of the line in focus, where it was seized."""
        return self.current.find_id if self.current is not None else None

    @property
    def consequence(self) -> bool:
        return self.asked is not None

    # ---- what may happen next

    def _acts(self) -> list[_Act]:
        """What the officer's roles, this post and the parcel's state leave."""
        card, officer = self.card, self.kiosk.officer
        if card is None or officer is None:
            return []
        desk = officer.may(*DESK)
        supervisor = officer.may(Role.SUPERVISOR, Role.ADMINISTRATOR)
        stored = card.state is CaseState.STORED
        back = card.state is CaseState.TO_RETURN
        past = self._is_past(card)
        theirs = any(one.verdict is Verdict.ACCEPT for one in parcel_lines.in_the_parcel(card))
        here = "handover" in self.kiosk.settings.desk.steps
        may = {
            _HAND_OVER: desk and here and stored and theirs and not card.barred,
            _GIVE_BACK: desk and back,
            _PLACE: desk and (stored or back),
            _MEDICINE: desk and card.medicine_waits,
            _MEDICINE_BACK: desk and card.medicine_back and not (card.medicine_waits or back),
            _SEND_BACK: desk and stored,
            _SEND_ON: supervisor and stored and card.prisoner.status is Status.TRANSFERRED,
            _CORRECT: supervisor and stored,
            _DESTROY: supervisor and stored and past,
            _VOID: supervisor and (stored or card.state is CaseState.REFUSED),
        }
        return [act for act, allowed in may.items() if allowed]

    def _is_past(self, card: ParcelCard) -> bool:
        return parcel_lines.is_past(card, self.kiosk.now())

    # ---- drawing

    def draw(self) -> None:
        card = self.card
        if card is None:
            return
        zone = self.kiosk.zone
        self.head.show(parcel_lines.head_lines(card, self.kiosk.now(), zone))
        self.rows.show(
            [parcel_lines.item_line(one, card, zone) for one in card.lines],
            head=parcel_lines.columns(),
            index=self.rows.index,
        )
        self.below.show(
            [
                line(at(3, _("WHAT HAPPENED"), Ink.HEAD)),
                *parcel_lines.step_lines(card, _BELOW - 1, zone),
            ]
        )
        self._question()
        self._remark(card)

    def _question(self) -> None:
        if self.asked is not None:
            self.ask(_ASKED[self.asked])
            return
        told = [_(act.label) for act in self._acts() if act is not _VOID]
        if self._find is not None:
            told.insert(0, _("Enter find"))
        said = "  ".join(told)
        if len(said) > _QUESTION_WIDTH:
            said = " ".join(told)
        self.foot.set(question=said or _("Esc = back"))

    def _remark(self, card: ParcelCard) -> None:
        """What a scan said, or why it waits, or what of it is open still."""
        if self.scanned is not None and self.scanned.sentence:
            self.say(ATTENTION, self.scanned.sentence, **dict(self.scanned.values))
        elif card.barred:
            self.say(ATTENTION, card.barred)
        elif card.state is CaseState.STORED and self._is_past(card):
            self.say(ATTENTION, parcel_lines.PAST)
        elif card.finds_open:
            self.say(ATTENTION, N_("Something was seized. It closes when the act is written."))
        elif card.medicine_back:
            self.say(ATTENTION, parcel_lines.MEDICINE_BACK)

    # ---- keys

    async def typed(self, key: str, character: str | None) -> bool:
        card = self.card
        if card is None:
            return False
        if self.asked is not None:
            asked, self.asked = self.asked, None
            self._question()
            if asked is _SEND_BACK and character in _GONE:
                await self._send_back(card, _GONE[character])
            elif asked is _CORRECT and self.current is not None and character in set("12345"):
                item = self.current
                becomes = _BECOMES.get(character or "", item.verdict)
                await self.kiosk.go("correct_item", card, item, becomes)
            return True
        if self.rows.press(key).kind in (RowsKind.MOVED, RowsKind.NEEDS_PAGE):
            self._question()
            return True
        if key == "enter" and self._find is not None:
            await self.kiosk.go("find_record", self._find)
            return True
        pressed = character if character and character.isdigit() else key
        acts = self._acts()
        if key == "enter":
            pressed = acts[0].key if acts and acts[0].key == "1" else ""
        chosen = next((one for one in acts if one.key == pressed), None)
        if chosen is None:
            return key == "enter"
        self.quiet()
        await self._do(chosen, card)
        return True

    async def _do(self, chosen: _Act, card: ParcelCard) -> None:
        if chosen in _ASKED:
            self.asked = chosen
            self._question()
            self.read_from_now()
        else:
            await self.kiosk.go(_SCREENS[chosen], card)

    async def _send_back(self, card: ParcelCard, reason: GoneReason) -> None:
        from kiosk.services.goods import going_back

        act = {
            GoneReason.DECLINED: going_back.decline,
            GoneReason.EXPIRED: going_back.expire,
            GoneReason.MOVED: going_back.gone,
        }[reason]
        await self.kiosk.write(act, self.kiosk.signed_in, card.case_id)
        await self._again()
        self.say(DONE, N_("It goes back to the sender. The entitlement has it back."))

    async def _again(self) -> None:
        await self.returned()
        self.show()
