"""Acts about what was found: in a bag, on a visitor, thrown over; its act, the ban proposed."""

from __future__ import annotations

from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import rule

from kiosk.codes import FindChannel, FindClass, HidingPlace, PassedTo, ReviewEnding, Unit
from kiosk.services import reviews
from kiosk.services.goods import acts, find_cards, finds
from kiosk.values.finds import ActEntered, FindEntered, Thing
from tests.invariants.bringing import Bringing
from tests.invariants.gate import chiefs, officers, pick, prisoners, which
from tests.invariants.tables import ids

PHONE = Thing(FindClass.PHONE, 1, Unit.PIECE, HidingPlace.OPEN)
HASHISH = Thing(FindClass.DRUGS, 0, Unit.KILOGRAM, HidingPlace.SHOE, grams=12)
NOTHING = Thing(FindClass.OTHER, 0, Unit.PIECE, HidingPlace.OPEN)
things = st.sampled_from([PHONE, HASHISH, PHONE, NOTHING])


class Finding(Bringing):
    def finish(self, find_id: UUID) -> None:
        """As it mostly goes: what it was is told, and its act is written."""
        card = self.ask(find_cards.open_find, self.house.officer, find_id)
        if card is None or card.act is not None:
            return
        if not card.things:
            self.do(finds.add_thing, self.house.officer, find_id, PHONE)
            self.every_promise_holds()
        act = ActEntered(
            card.act_no,
            card.article,
            PassedTo.POLICE,
            witness_id=self.officer("chief").staff_id,
            fine_tyiyn=card.fine_tyiyn,
            proposes_ban=card.person_id is not None,
        )
        self.do(acts.write, self.house.officer, find_id, act)
        self.every_promise_holds()

    @rule(no=which)
    def finish_a_find(self, no: int) -> None:
        find_id = self._find(no)
        if find_id is not None:
            self.finish(find_id)

    def _find(self, no: int, without_act: bool = True) -> UUID | None:
        found = pick(
            ids(
                self.house.rows(
                    "SELECT id FROM find f WHERE NOT ? OR NOT EXISTS"
                    " (SELECT 1 FROM find_act a WHERE a.find_id = f.id) ORDER BY id",
                    without_act,
                )
            ),
            no,
        )
        if found is None:
            self.a_bag_comes(no)
        return found

    @rule(
        thing=things,
        channel=st.sampled_from([FindChannel.THROWN, FindChannel.STAFF, FindChannel.OTHER]),
        who=st.none() | st.integers(0, 6),
        whom=st.none() | prisoners,
    )
    def find_something(
        self, thing: Thing, channel: FindChannel, who: int | None, whom: int | None
    ) -> None:
        entered = FindEntered(
            channel,
            self.officer("inspector").staff_id,
            thing,
            None if who is None else self.prison.visitors[who].person_id,
            None if whom is None else self.prison.prisoners[whom].prisoner_id,
            bringer="" if who is not None else "неизвестный",
        )
        self.do(finds.record, self.house.officer, entered)

    @rule(no=which, thing=things, login=officers)
    def say_what_was_found(self, no: int, thing: Thing, login: str) -> None:
        find_id = self._find(no)
        if find_id is not None:
            self.do(finds.add_thing, self.officer(login), find_id, thing)

    @rule(no=which)
    def take_a_thing_back(self, no: int) -> None:
        find_id = self._find(no)
        row = pick(self.house.rows("SELECT id, find_id FROM find_thing ORDER BY id DESC"), no)
        if find_id is not None and row is not None:
            thing, of = (UUID(bytes=one) for one in row)
            self.do(finds.take_back_thing, self.house.officer, of, thing)

    @rule(
        no=which,
        without_act=st.sampled_from([True, True, True, False]),
        thing=st.sampled_from([None, None, PHONE, HASHISH, NOTHING]),
        number=st.sampled_from(["proposed", "proposed", "proposed", "A-26-0001"]),
        witness=st.sampled_from(["chief", "chief", "inspector", "officer"]),
        fined=st.booleans(),
        ban=st.booleans(),
        login=officers,
    )
    def write_an_act(
        self,
        no: int,
        without_act: bool,
        thing: Thing | None,
        number: str,
        witness: str,
        fined: bool,
        ban: bool,
        login: str,
    ) -> None:
        find_id = self._find(no, without_act)
        if find_id is None:
            return
        if thing is not None:
            self.do(finds.add_thing, self.officer(login), find_id, thing)
            self.every_promise_holds()
        card = self.ask(find_cards.open_find, self.officer(login), find_id)
        if card is None:
            return
        act = ActEntered(
            act_no=card.act_no if number == "proposed" else number,
            article=card.article,
            passed_to=PassedTo.POLICE,
            witness_id=self.officer(witness).staff_id,
            seal_no="4471",
            fine_tyiyn=card.fine_tyiyn if fined else None,
            hidden="под подкладкой",
            proposes_ban=ban and card.person_id is not None,
        )
        self.do(acts.write, self.officer(login), find_id, act)

    @rule(no=which, login=chiefs)
    def say_that_nothing_was_found(self, no: int, login: str) -> None:
        find_id = self._find(no)
        if find_id is not None:
            self.do(acts.take_back, self.officer(login), find_id)

    @rule(no=which, login=st.sampled_from(["officer", "supervisor"]))
    def decline_a_proposed_ban(self, no: int, login: str) -> None:
        """An officer proposes it; only a supervisor says that it changes nothing."""
        proposed = ids(
            self.house.rows("SELECT id FROM review WHERE kind = 'ban_proposed' ORDER BY id")
        )
        review_id = pick(proposed, no)
        if review_id is None:
            self.a_bag_comes(no)
            return
        acts_before = self.acts
        self.do(reviews.end, self.officer(login), review_id, ReviewEnding.NO_CHANGE)
        assert login == "supervisor" or self.acts == acts_before
