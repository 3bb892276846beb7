"""Acts at the window: people arrive, are let in or refused, by the rules or by two."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import rule

from kiosk.clock import local_day
from kiosk.codes import OverrideGround, Service
from kiosk.errors import Refused
from kiosk.rules.decision import Decision
from kiosk.services import bookings, visits, vouching
from kiosk.values import Override, Recorded, VisitRequest
from tests.invariants.gate import (
    Gate,
    Party,
    officers,
    parties,
    pick,
    services,
    which,
)
from tests.invariants.prison import Prison
from tests.unit.services.gatehouse import CHEAP, PASSPHRASE, at_once

signers = st.sampled_from(["supervisor", "supervisor", "chief", "officer", "admin"])


class Arriving(Gate):
    """Whoever comes is proposed first, as the screen does; some forms stay open for long."""

    def __init__(self, founded: Prison, folder: Path) -> None:
        super().__init__(founded, folder)
        self.open_forms: list[tuple[VisitRequest, Decision]] = []

    def _settle(self, login: str, request: VisitRequest, seen: Decision) -> Recorded | None:
        act = visits.admit if seen.passes else visits.refuse
        return self.do(act, self.officer(login), request, seen)

    def _arrive(
        self, party: Party, service: Service, placed: bool, login: str
    ) -> tuple[VisitRequest, Decision] | None:
        slot_id = self.session_now(service) if placed else None
        request = self.request(*party, service, slot_id)
        seen = self.ask(visits.propose, self.officer(login), request)
        return (request, seen.decision) if seen is not None else None

    @rule(party=parties, service=services, placed=st.booleans(), login=officers)
    def arrive(self, party: Party, service: Service, placed: bool, login: str) -> None:
        form = self._arrive(party, service, placed, login)
        if form is not None:
            self._settle(login, *form)

    @rule(party=parties, login=officers, again=st.booleans())
    def arrive_for_a_short_visit(self, party: Party, login: str, again: bool) -> None:
        """Sometimes Enter is pressed twice: the second finds the case recorded."""
        form = self._arrive(party, Service.SHORT_VISIT, False, login)
        if form is not None and self._settle(login, *form) is not None and again:
            assert self._settle(login, *form) is None

    @rule(party=parties)
    def swap_a_long_visit_for_a_short_one(self, party: Party) -> None:
        asked = self.request(*party, Service.SHORT_VISIT)
        request = replace(asked, swap_from=Service.LONG_VISIT)
        seen = self.ask(visits.propose, self.house.officer, request)
        if seen is not None:
            self._settle("officer", request, seen.decision)

    @rule(party=parties, service=services)
    def leave_a_form_open(self, party: Party, service: Service) -> None:
        form = self._arrive(party, service, True, "officer")
        if form is not None:
            self.open_forms.append(form)

    @rule(no=which, login=officers)
    def come_back_to_an_open_form(self, no: int, login: str) -> None:
        """What the screen showed may be of an hour or a day ago."""
        form = pick(self.open_forms, no)
        if form is None:
            self.next_in_line(no)
        else:
            self.open_forms.remove(form)
            self._settle(login, *form)

    @rule(
        party=parties,
        service=services,
        asker=officers,
        signer=signers,
        right=st.sampled_from([True, True, True, False]),
        placed=st.booleans(),
    )
    def arrive_by_two(
        self,
        party: Party,
        service: Service,
        asker: str,
        signer: str,
        right: bool,
        placed: bool,
    ) -> None:
        form = self._arrive(party, service, placed, asker)
        if form is None:
            return
        request, seen = form
        typed = PASSPHRASE if right else "not the passphrase"
        try:
            second = self.house.do(
                vouching.vouch, signer, typed, self.officer(asker), cost=CHEAP
            )
        except Refused:
            # A try leaves its trace, as at a sign-in.
            self.wrote()
            return
        self.wrote()
        assert right
        assert signer != asker
        signed = Override(second, OverrideGround.ORDER, "приказ 7")
        self.do(visits.admit, self.officer(asker), request, seen, signed)

    @rule(party=parties, login=st.sampled_from(["supervisor", "chief"]))
    def sign_for_oneself(self, party: Party, login: str) -> None:
        """Past the screen and the passphrase: the service itself refuses it."""
        own = self.officer(login)
        form = self._arrive(party, Service.SHORT_VISIT, False, login)
        if form is not None:
            signed = Override(own, OverrideGround.OTHER, "сам")
            assert self.do(visits.admit, own, *form, signed) is None

    @rule(no=which, login=officers)
    def arrive_as_booked(self, no: int, login: str) -> None:
        case_id = pick(self._booked_today(), no)
        if case_id is None:
            self.next_in_line(no)
        request = self.ask(lambda _desk: bookings.request_of(case_id)) if case_id else None
        seen = self.ask(visits.propose, self.officer(login), request) if request else None
        if request is not None and seen is not None:
            self._settle(login, request, seen.decision)

    def _booked_today(self) -> list[UUID]:
        today = local_day(self._register_at(), self.house.desk.zone).isoformat()
        return [
            UUID(bytes=case_id)
            for (case_id,) in self.house.rows(
                "SELECT n.case_id FROM case_now n JOIN visit_plan p ON p.case_id = n.case_id"
                " JOIN visit_slot s ON s.id = p.slot_id"
                " WHERE n.state = 'booked' AND s.day = ? AND NOT EXISTS"
                " (SELECT 1 FROM visit_plan q WHERE q.case_id = p.case_id AND q.id > p.id)"
                " ORDER BY n.case_id",
                today,
            )
        ]

    def _register_at(self) -> int:
        ((last_at,),) = self.house.rows("SELECT last_at FROM pen")
        return max(int(last_at), self.house.clock.now())

    @rule(two=st.sampled_from([(0, 1), (0, 3), (1, 6), (4, 0), (1, 1)]), whom=st.integers(0, 3))
    def two_officers_at_once(self, two: tuple[int, int], whom: int) -> None:
        """Both screens say MAY PASS; two windows press Enter at one moment."""
        waiting = []
        for who, login in zip(two, ("officer", "inspector"), strict=True):
            form = self._arrive(((who,), whom), Service.SHORT_VISIT, False, login)
            if form is None or not form[1].passes:
                return
            waiting.append((self.officer(login), *form))
        (left,) = {seen.balance and seen.balance.remaining for _by, _request, seen in waiting}
        (one, other) = (
            lambda asked=asked: self.house.do(visits.admit, *asked) for asked in waiting
        )
        results = at_once(one, other)
        admitted = [one for one in results if isinstance(one, Recorded)]
        refused = [one for one in results if isinstance(one, Refused)]
        assert len(admitted) + len(refused) == 2, results
        assert admitted, results
        if left == 1 or two[0] == two[1]:
            assert len(admitted) == 1, (left, results)
        self.acts += len(admitted) - 1
        self.wrote()
