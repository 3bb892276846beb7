"""One find: how it came, its things one after another, then its act; finished, it only shows.

It never blocks the rest: Esc leaves it half told, and the list of finds says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from uuid import UUID

from kiosk.codes import Role
from kiosk.screens import lookup
from kiosk.screens.goods import find_draft, find_fields, find_lines
from kiosk.screens.goods.find_draft import FindDraft
from kiosk.screens.screen import DESK, DONE, FORM_KEYS, HeadedFormScreen
from kiosk.text import N_, _
from kiosk.values import Officer
from kiosk.values.finds import FindCard
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import at, line


class Stage(Enum):
    """What is asked for now. NEW has no number yet; of DONE nothing is asked."""

    NEW = "new"
    THING = "thing"
    ACT = "act"
    DONE = "done"


class FindRecord(HeadedFormScreen):
    """`card` is the find as recorded, None while it has no number. `told` is what stands in
    the form of the act while a thing is added."""

    TITLE_TEXT = N_("FIND RECORD")
    HEAD_ROWS = find_lines.HEAD_ROWS
    help_name = "find_record"

    def __init__(self) -> None:
        super().__init__()
        self.stage = Stage.NEW
        self.card: FindCard | None = None
        self.staff: tuple[Officer, ...] = ()
        self.labels: dict[str, str] = {}
        self.told: dict[str, str] = {}
        self.taking_back = False

    def forget(self) -> None:
        super().forget()
        self.stage, self.card, self.taking_back = Stage.NEW, None, False
        self.labels, self.told = {}, {}
        self.head.show([])

    @property
    def keys(self) -> Mapping[int, str]:
        own = dict(FORM_KEYS)
        if self.stage is Stage.ACT:
            own[7] = N_("Thing")
        if self.stage is Stage.DONE:
            return {key: label for key, label in own.items() if key not in (2, 4, 8)}
        if not self.unsaved and not self._may_take_back:
            del own[8]
        return own

    @property
    def _may_take_back(self) -> bool:
        """A thing is taken back by whoever tells of it, a find of nothing by a supervisor."""
        if self.card is None or self.card.act is not None:
            return False
        if self.card.things:
            return True
        return self.card.item_no is None and self.kiosk.signed_in.may(Role.SUPERVISOR)

    # ---- what it is about

    async def enter(self, *about: object) -> None:
        """`about`: the id of a find, None for a new one; nothing: what was left half told."""
        from kiosk.services import staff

        kept = await find_draft.taken(self.kiosk)
        find_id = about[0] if about else (kept[-1].find_id if kept else None)
        assert find_id is None or isinstance(find_id, UUID)
        self.staff = await self.kiosk.read(staff.users)
        self.told, self.taking_back = {}, False
        draft = next((one for one in kept if one.find_id == find_id), None)
        self.labels = dict(draft.labels) if draft is not None else {}
        await self._look(find_id)
        if self.card is not None and draft is not None and draft.stage == Stage.ACT.value:
            self.told = draft.values
        self._ask_next(draft)

    async def _look(self, find_id: UUID | None) -> None:
        from kiosk.services.goods import find_cards

        kiosk = self.kiosk
        self.card = (
            await kiosk.read(find_cards.open_find, kiosk.signed_in, find_id)
            if find_id is not None
            else None
        )

    def _ask_next(self, draft: FindDraft | None = None) -> None:
        """The form of what is still to be told."""
        card = self.card
        if card is None:
            self._ask_new(draft)
        elif card.act is not None or not self.kiosk.signed_in.may(*DESK):
            self.stage = Stage.DONE
            self.form.load([])
        elif not card.things:
            self._ask_thing(draft)
        else:
            self._ask_act(card)

    def _ask_new(self, draft: FindDraft | None) -> None:
        self.stage = Stage.NEW
        values = find_fields.THING_VALUES | {"found_by": str(self.kiosk.signed_in.staff_id)}
        if draft is not None:
            values |= draft.values
        self.form.load(
            [*find_fields.how_it_came(self._mine_first(), self.labels), *find_fields.thing()],
            values,
            proposed=["pieces", "unit", "found_by"] if draft is None else [],
            first="channel",
        )
        self.form.touched = draft is not None

    def _ask_thing(self, draft: FindDraft | None = None) -> None:
        self.stage = Stage.THING
        values = find_fields.THING_VALUES
        if draft is not None and draft.stage == Stage.THING.value:
            values = values | draft.values
        self.form.load(find_fields.thing(), values, proposed=["pieces", "unit"], first="kind")

    def _ask_act(self, card: FindCard) -> None:
        self.stage = Stage.ACT
        proposed = find_fields.act_values(card)
        said = {name: v for name, v in self.told.items() if v != proposed.get(name, "")}
        self.form.load(
            find_fields.act(card, self.staff, self.kiosk.signed_in.staff_id),
            proposed | said,
            proposed=[name for name in proposed if name not in said],
            first="hidden",
        )
        self.form.touched = bool(said)

    def _mine_first(self) -> list[Officer]:
        mine = self.kiosk.signed_in.staff_id
        return sorted(self.staff, key=lambda one: one.staff_id != mine)

    # ---- keys

    async def typed(self, key: str, character: str | None) -> bool:
        if self.taking_back:
            self.taking_back = False
            if key == "enter":
                await self._take_back()
            else:
                self.speak()
            return True
        if self.stage is Stage.DONE:
            if key in ("enter", "escape", "f2"):
                await self.kiosk.back()
                return True
            return False
        if key == "f8" and not self.unsaved and self._may_take_back:
            self.taking_back = True
            self.speak()
            self.read_from_now()
            return True
        if key == "f7" and self.stage is Stage.ACT:
            self.told = self._said()
            self._ask_thing()
            self.show()
            return True
        return await super().typed(key, character)

    @property
    def consequence(self) -> bool:
        return self.taking_back

    def answers(self, key: str, character: str | None) -> bool:
        return key == "enter"

    async def changed(self, field: str) -> None:
        if field in ("person", "prisoner"):
            await lookup.offer(self, field, field)
            if code := self.form.values[field]:
                self.labels[field] = f"{code} {self.form.typed(field)}"

    async def leave(self) -> None:
        """Esc: from a further thing back to the act; else away, and what was typed stays."""
        if self.stage is Stage.THING and self.card is not None and self.card.things:
            self._ask_act(self.card)
            self.show()
            return
        if self.unsaved:
            await self.keep()
        await self.kiosk.back()

    async def drop(self) -> None:
        self.form.touched = False
        await find_draft.drop(self.kiosk, self._find_id)
        await self.kiosk.back()

    async def keep(self) -> None:
        draft = FindDraft(self._find_id, self.stage.value, self._said(), self.labels)
        await find_draft.keep(self.kiosk, draft, self.card.number if self.card else "")

    def _said(self) -> dict[str, str]:
        """What a person said in the form, not what is merely proposed; that there is to be no
        fine is said too."""
        form = self.form
        return {
            name: value
            for name, value in form.values.items()
            if (value or name == "fine") and name not in form.unconfirmed
        }

    @property
    def _find_id(self) -> UUID | None:
        return self.card.find_id if self.card is not None else None

    # ---- what is recorded

    async def save(self) -> None:
        if self.stage is Stage.NEW:
            await self._record()
        elif self.stage is Stage.THING:
            await self._add()
        else:
            await self._write_act()

    async def _record(self) -> None:
        from kiosk.services.goods import finds

        kiosk = self.kiosk
        entered = find_fields.find_of(self.form.values)
        taken = await kiosk.write(finds.record, kiosk.signed_in, entered)
        await find_draft.drop(kiosk, None)
        await self._again(taken.find_id)
        self.say(DONE, N_("{number} is recorded. Now its act."), number=taken.number)

    async def _add(self) -> None:
        from kiosk.services.goods import finds

        kiosk, card = self.kiosk, self.card
        assert card is not None
        thing = find_fields.thing_of(self.form.values)
        await kiosk.write(finds.add_thing, kiosk.signed_in, card.find_id, thing)
        # Another kind of thing may mean another fine.
        self.told.pop("fine", None)
        await self._again(card.find_id)

    async def _write_act(self) -> None:
        from kiosk.services.goods import acts

        kiosk, card = self.kiosk, self.card
        assert card is not None
        act = find_fields.act_of(self.form.values, card)
        done = await kiosk.write(acts.write, kiosk.signed_in, card.find_id, act)
        await find_draft.drop(kiosk, card.find_id)
        await self._again(card.find_id)
        if done.case_closed:
            self.say(
                DONE,
                N_("Act {act} is printing; {number} waited for it and is over."),
                act=done.act_no,
                number=card.case_number,
            )
        else:
            self.say(DONE, N_("Act {act} is recorded and printing, twice."), act=done.act_no)

    async def _take_back(self) -> None:
        """The last thing; or, where none is left, the find itself: a wrong key."""
        from kiosk.services.goods import acts, finds

        kiosk, card = self.kiosk, self.card
        assert card is not None
        if card.things:
            thing_id = card.things[-1].thing_id
            assert thing_id is not None
            await kiosk.write(finds.take_back_thing, kiosk.signed_in, card.find_id, thing_id)
            await self._again(card.find_id)
            self.say(DONE, N_("Taken back. Say what was found, or leave it for later."))
            return
        await kiosk.write(acts.take_back, kiosk.signed_in, card.find_id)
        await find_draft.drop(kiosk, card.find_id)
        await kiosk.back()
        kiosk.front.say(
            DONE, N_("{number} is taken back. Its number stays."), number=card.number
        )

    async def _again(self, find_id: UUID) -> None:
        await self._look(find_id)
        self._ask_next()
        self.show()
        self.read_from_now()

    # ---- drawing

    def draw(self) -> None:
        super().draw()
        if self.card is not None:
            self.head.show(find_lines.head(self.card, self.kiosk.zone))
        else:
            said = _("What was found in no package and at no search: thrown over, with staff")
            self.head.show([(), line(at(2, said, Ink.BOLD))])

    def speak(self) -> None:
        super().speak()
        if self.taking_back and self.card is not None:
            if self.card.things:
                self.ask(
                    N_("Take back {thing}?  Enter = yes   Esc = no"),
                    thing=find_lines.thing_text(self.card.things[-1]),
                )
            else:
                self.ask(N_("Was nothing found at all?  Enter = take it back   Esc = no"))
        elif self.stage is Stage.DONE:
            self.ask(N_("Enter = back   F5 = papers"))
