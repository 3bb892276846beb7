"""Acts at the table where bags are unpacked: listed and weighed, taken in or turned back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import rule

from kiosk.codes import (
    Allowed,
    BanGround,
    FindClass,
    GoodsClass,
    HidingPlace,
    ItemReason,
    OverrideGround,
    Relation,
    RestrictionKind,
    Service,
    Unit,
    Verdict,
)
from kiosk.errors import Refused
from kiosk.rules.bag import is_weighed
from kiosk.services import restricting, vouching
from kiosk.services.goods import accepting, asking, catalogue, lots
from kiosk.values import MemberRequest, Override
from kiosk.values.goods import (
    BroughtLine,
    CatalogueEntry,
    GoodsProposal,
    GoodsRecorded,
    GoodsRequest,
    Seized,
)
from kiosk.values.limits import RestrictionEntry
from tests.invariants.gate import Gate, officers, pick, prisoners, which
from tests.invariants.prison import Prison
from tests.unit.services.gatehouse import CHEAP, PASSPHRASE, at_once

ACCEPT, MEDICAL, REFUSE, SEIZE = Verdict
SIM_CARDS = Seized(FindClass.SIM, 6, Unit.PIECE, HidingPlace.JAR)


@dataclass(frozen=True)
class Typed:
    """A line as an officer types it. `left_out`: what the part weighs that is not accepted."""

    code: str
    how_much: int = 1
    verdict: Verdict | None = None
    reason: ItemReason | None = None
    left_out: int | None = 150

    def on(self, things: Mapping[str, CatalogueEntry]) -> BroughtLine:
        entry = things.get(self.code)
        line = BroughtLine(
            entry,
            self.how_much,
            words="" if entry else self.code,
            verdict=self.verdict,
            reason=self.reason,
            left_out_grams=self.left_out,
            tyiyn=500_00 if self.code == "mo" else None,
            paper_number="AN1234567" if self.code == "pa" else "",
            seized=SIM_CARDS if self.verdict is SEIZE else None,
        )
        if entry is not None and entry.unit is Unit.KILOGRAM:
            return replace(line, pieces=0, grams=self.how_much, left_out_grams=None)
        return line


# As most bags are; of a few something goes back, to the doctor, into a find.
LINES = [
    Typed("te", 2),
    Typed("su", 1500),
    Typed("ap", 900),
    Typed("br", 2),
    Typed("ho"),
    Typed("ci", 20),
    Typed("so", 3),
    Typed("po", 4000),
    Typed("su", 2600),
    Typed("so", 7),
    Typed("so", 4, left_out=None),
    Typed("me", 2),
    Typed("vo"),
    Typed("vo", verdict=ACCEPT),
    Typed("ci", 5, ACCEPT),
    Typed("pa", left_out=None),
    Typed("mo", left_out=None),
    Typed("a doll"),
    Typed("a doll", verdict=ACCEPT),
    Typed("te", 2, REFUSE, ItemReason.PACKING),
    Typed("te", 2, REFUSE),
    Typed("po", 900, REFUSE, ItemReason.SPOILED),
    Typed("ho", 1, MEDICAL),
    Typed("vo", 1, MEDICAL),
    Typed("ho", 1, SEIZE, left_out=800),
    Typed("po", 700, SEIZE),
    Typed("me", 1, SEIZE),
    Typed("te", 0),
    Typed("su", -5),
]
Lines = list[Typed]
# Brought where there is nothing of the kind to be done: by whom, to whom, what.
USUAL: list[tuple[tuple[int, int], Lines]] = [
    ((0, 0), [Typed("te", 2), Typed("ap", 900), Typed("me", 2)]),
    ((1, 1), [Typed("su", 1500), Typed("ho", 1, SEIZE, left_out=800)]),
    ((0, 2), [Typed("po", 4000), Typed("br", 2), Typed("vo")]),
    ((3, 3), [Typed("pa", left_out=None), Typed("so", 3)]),
    ((4, 1), [Typed("ci", 20), Typed("me", 1), Typed("ho", 1, SEIZE, left_out=700)]),
]
bags = st.lists(st.sampled_from(LINES[:9]), min_size=1, max_size=4) | st.lists(
    st.sampled_from(LINES), max_size=5
)
# What the bag weighs beside its lines; less than nothing where somebody misread the scale.
besides = st.sampled_from([300, 300, 500, 2000, 7000, 13_000, 0, -200])
Pair = tuple[int, int]
pairs = st.sampled_from([(0, 0), (0, 0), (1, 1), (4, 1), (3, 3), (0, 2), (0, 2), (6, 1)]) | (
    st.tuples(st.integers(0, 6), prisoners)
)
PACKAGES = [Service.PACKAGE] * 4 + [Service.MEDICAL_PACKAGE]
POSTED = [Service.PARCEL, Service.SMALL_PARCEL, Service.PACKAGE]
brought_as = st.sampled_from(PACKAGES)
no_or_yes = st.sampled_from([False, True, True, True])


class Bringing(Gate):
    """Whatever is brought is proposed first, as the till does; some lists stay open long."""

    def __init__(self, founded: Prison, folder: Path) -> None:
        super().__init__(founded, folder)
        self.open_lists: list[tuple[GoodsRequest, GoodsProposal]] = []

    def _things(self) -> dict[str, CatalogueEntry]:
        day = self.house.desk.day()
        return {one.code: one for one in self.house.ask(catalogue.in_force, day)}

    def bag(self, pair: Pair, service: Service, typed: Lines, more: int) -> GoodsRequest:
        things = self._things()
        lines = tuple(one.on(things) for one in typed)
        weighs = sum(one.grams if is_weighed(one) else one.left_out_grams or 0 for one in lines)
        who, whom = pair
        return GoodsRequest(
            case_id=accepting.new_case_id(self.house.desk),
            service=service,
            prisoner_id=self.prison.prisoners[whom].prisoner_id,
            sender=MemberRequest(self.prison.visitors[who].person_id, Relation.SIBLING),
            lines=lines,
            gross_grams=weighs + more if lines else None,
        )

    def propose(self, login: str, request: GoodsRequest) -> GoodsProposal | None:
        return self.ask(asking.propose, self.officer(login), request)

    def _drawn(self, login: str, request: GoodsRequest) -> bool | None:
        """Coming again draws no other lot, and writes nothing."""
        person = request.sender.person_id
        drawn = self.house.do(lots.draw, self.officer(login), request.prisoner_id, person)
        if self.counts() != self.rows:
            self.wrote()
            self.every_promise_holds()
        return drawn

    def _close(
        self,
        login: str,
        request: GoodsRequest,
        seen: GoodsProposal,
        looked_through: bool,
        override: Override | None = None,
    ) -> GoodsRecorded | None:
        """Enter on the bag: what passes is taken in, else it goes back as a whole."""
        if self._drawn(login, request) and looked_through:
            other = "inspector" if login != "inspector" else "officer"
            request = request.looked_through(self.officer(other).staff_id)
        officer, taken = self.officer(login), None
        if seen.decision.passes or override is not None:
            signed = override is not None
            request = request.signed_for() if signed else request
            shown = self.ask(asking.propose, officer, request, signed=True) if signed else seen
            assert shown is not None
            taken = self.do(
                accepting.accept, officer, request, shown.decision, shown.earlier, override
            )
        return taken or self.do(accepting.refuse, officer, request, seen.decision)

    def a_bag_comes(self, no: int) -> None:
        pair, typed = USUAL[no % len(USUAL)]
        request = self.bag(pair, Service.PACKAGE, typed, 500)
        seen = self.propose("officer", request)
        if seen is not None:
            self._close("officer", request, seen, True)

    # ---- a bag

    @rule(
        pair=pairs,
        service=brought_as,
        typed=bags,
        more=besides,
        login=officers,
        looked_through=no_or_yes,
        again=st.booleans(),
    )
    def bring(
        self,
        pair: Pair,
        service: Service,
        typed: Lines,
        more: int,
        login: str,
        looked_through: bool,
        again: bool,
    ) -> None:
        """Sometimes Enter is pressed twice: the second finds the bag recorded."""
        request = self.bag(pair, service, typed, more)
        seen = self.propose(login, request)
        if seen is None:
            return
        recorded = self._close(login, request, seen, looked_through)
        if recorded is not None and again:
            self.every_promise_holds()
            assert self._close(login, request, seen, looked_through) is None

    @rule(
        pair=pairs,
        service=st.sampled_from(POSTED),
        typed=bags,
        more=besides,
        post_no=st.integers(0, 5),
        opened_by=st.sampled_from([2, 2, 2, 1]),
    )
    def come_by_post(
        self,
        pair: Pair,
        service: Service,
        typed: Lines,
        more: int,
        post_no: int,
        opened_by: int,
    ) -> None:
        commission = (self.officer("inspector").staff_id, self.house.officer.staff_id)
        request = replace(
            self.bag(pair, service, typed, more),
            post_no=f"RR{post_no:09d}KG",
            commission=commission[:opened_by],
        )
        seen = self.propose("officer", request)
        if seen is not None:
            self._close("officer", request, seen, True)

    @rule(
        pair=pairs,
        service=brought_as,
        typed=bags,
        more=besides,
        signer=st.sampled_from(["supervisor", "chief", "officer"]),
    )
    def bring_by_two(
        self, pair: Pair, service: Service, typed: Lines, more: int, signer: str
    ) -> None:
        request = self.bag(pair, service, typed, more)
        seen = self.propose("inspector", request)
        if seen is None:
            return
        try:
            second = self.house.do(
                vouching.vouch, signer, PASSPHRASE, self.officer("inspector"), cost=CHEAP
            )
        except Refused:
            self.wrote()
            return
        self.wrote()
        self.every_promise_holds()
        signed = Override(second, OverrideGround.ORDER, "приказ 7")
        self._close("inspector", request, seen, True, signed)

    @rule(pair=pairs, service=brought_as, typed=bags, more=besides)
    def leave_a_list_open(self, pair: Pair, service: Service, typed: Lines, more: int) -> None:
        request = self.bag(pair, service, typed, more)
        seen = self.propose("officer", request)
        if seen is not None:
            self.open_lists.append((request, seen))

    @rule(no=which, login=officers, anew=st.booleans())
    def come_back_to_an_open_list(self, no: int, login: str, anew: bool) -> None:
        """What the till showed may be of a day ago, as may the rows of the catalogue."""
        form = pick(self.open_lists, no)
        if form is None:
            self.a_bag_comes(no)
            return
        self.open_lists.remove(form)
        request, seen = form
        asked = self.propose(login, request) if anew else seen
        if asked is not None:
            self._close(login, request, asked, True)

    @rule(pair=pairs, typed=bags, more=besides, one_list=st.booleans(), again=st.booleans())
    def two_windows_on_one_bag(
        self, pair: Pair, typed: Lines, more: int, one_list: bool, again: bool
    ) -> None:
        """Two tills list what one sender brought one prisoner; both press Enter at once."""
        one = self.bag(pair, Service.PACKAGE, typed, more)
        other = one if one_list else self.bag(pair, Service.PACKAGE, typed, more)
        seen = self.propose("officer", one)
        if seen is None or not seen.decision.passes:
            return
        self._drawn("officer", one)
        extra_by = self.officer("supervisor").staff_id
        listed = [
            (self.officer(login), each.looked_through(extra_by), seen.decision, seen.earlier)
            for login, each in (("officer", one), ("inspector", other))
        ]
        (left, right) = (
            lambda asked=asked: self.house.do(accepting.accept, *asked) for asked in listed
        )
        results = at_once(left, right)
        taken = [each for each in results if isinstance(each, GoodsRecorded)]
        refused = [each for each in results if isinstance(each, Refused)]
        assert len(taken) + len(refused) == 2, results
        assert len(taken) <= 1, results
        if not taken:
            assert self.counts() == self.rows
            return
        self.wrote()
        if again and not one_list:
            # The second window reads what was recorded meanwhile, and goes on.
            self.every_promise_holds()
            request = replace(other, case_id=accepting.new_case_id(self.house.desk))
            fresh = self.propose("inspector", request)
            if fresh is not None:
                assert taken[0].number in fresh.earlier
                self._close("inspector", request, fresh, True)

    # ---- what changes around it

    @rule(percent=st.sampled_from([0, 100]))
    def the_prison_draws_others(self, percent: int) -> None:
        """The lots of a day that has begun are drawn as before. All fall or none, so that the
        same acts lead to the same register whatever its seeds are."""
        self.house.desk = replace(self.house.desk, extra_check_percent=percent)

    @rule(
        code=st.sampled_from(["te", "su", "ap", "so", "vo", "ho"]),
        allowed=st.sampled_from(Allowed),
        spoils=st.sampled_from([None, None, 4, 30]),
        later=st.sampled_from([False, False, True]),
        login=officers,
    )
    def give_a_thing_a_new_row(
        self, code: str, allowed: Allowed, spoils: int | None, later: bool, login: str
    ) -> None:
        thing = self._things().get(code)
        if thing is None:
            return
        limited = allowed is Allowed.LIMITED
        weighed = thing.unit is Unit.KILOGRAM
        row = replace(
            thing,
            allowed=allowed,
            max_pieces=4 if limited and not weighed else None,
            max_grams=1200 if limited and weighed else None,
            perishable_hours=spoils,
            valid_from=self.house.desk.day().replace(year=2027) if later else None,
        )
        by = self.officer("supervisor" if login == "officer" else login)
        self.do(catalogue.record, by, row)

    @rule(
        goods=st.sampled_from([GoodsClass.TOBACCO, GoodsClass.FOOD, GoodsClass.MEDICINE]),
        whom=st.none() | prisoners,
        days=st.integers(0, 2),
    )
    def stop_a_class(self, goods: GoodsClass, whom: int | None, days: int) -> None:
        today = self.house.desk.day()
        entered = RestrictionEntry(
            kind=RestrictionKind.STOP if whom is None else RestrictionKind.BAN,
            from_day=today,
            to_day=today.fromordinal(today.toordinal() + days),
            ground=BanGround.HEAD,
            prisoner_id=None if whom is None else self.prison.prisoners[whom].prisoner_id,
            goods=frozenset({goods}),
        )
        self.do(restricting.restrict, self.house.supervisor, entered)
