"""Acts of the office: who belongs to whom, papers that let in, what was used before."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from kiosk.codes import AdjustReason, Consent, Issuer, Proof, Relation, Service
from kiosk.rules.terms import Limit, Period
from kiosk.services import adjusting, individual, permissions, relations
from kiosk.values.balances import Adjustment
from kiosk.values.belonging import PermissionEntry, Stated
from kiosk.values.rulebook import IndividualEntry
from tests.invariants.gate import chiefs, officers, pick, prisoners, which
from tests.invariants.in_the_office import InTheOffice, who_comes


class PapersAndBalances(InTheOffice):
    # ---- belonging together

    @rule(
        who=who_comes,
        whom=prisoners,
        kind=st.sampled_from([Relation.SPOUSE, Relation.OTHER_KIN]),
        proof=st.none() | st.just(Proof.MARRIAGE_CERTIFICATE),
        login=officers,
    )
    def state_a_relation(
        self, who: int, whom: int, kind: Relation, proof: Proof | None, login: str
    ) -> None:
        stated = Stated(self.prisoner(whom), kind, proof)
        self.do(relations.state, self.officer(login), self.person(who), stated)

    @rule(who=who_comes, whom=prisoners, consent=st.sampled_from(Consent))
    def ask_the_prisoner(self, who: int, whom: int, consent: Consent) -> None:
        pair = (self.person(who), self.prisoner(whom))
        self.do(relations.answer, self.house.officer, *pair, consent)

    @rule(no=which, days=st.none() | st.integers(0, 3), ends=st.booleans(), login=chiefs)
    def settle_a_relation(self, no: int, days: int | None, ends: bool, login: str) -> None:
        relation_id = pick(self.lasting("relation"), no)
        if relation_id is None:
            return
        if ends:
            self.do(relations.end, self.officer(login), relation_id)
        else:
            today = self.house.desk.day()
            last = None if days is None else today + timedelta(days=days)
            self.do(relations.approve, self.officer(login), relation_id, today, last)

    @rule(
        who=who_comes,
        whom=st.sampled_from([2, 2, 1]),
        no=which,
        uses=st.none() | st.integers(1, 2),
        withdrawn=st.sampled_from([False, False, True]),
    )
    def bring_a_paper(
        self, who: int, whom: int, no: int, uses: int | None, withdrawn: bool
    ) -> None:
        permission_id = pick(self.lasting("permission"), no)
        if withdrawn and permission_id is not None:
            self.do(permissions.end, self.house.supervisor, permission_id)
            return
        paper = PermissionEntry(
            prisoner_id=self.prisoner(whom),
            person_id=self.person(who),
            office="",
            issuer=Issuer.INVESTIGATOR,
            paper_no=f"N{no}",
            from_day=self.house.desk.day(),
            uses=uses,
        )
        self.do(permissions.grant, self.house.officer, paper)

    # ---- balances

    @rule(
        whom=prisoners,
        service=st.sampled_from([Service.SHORT_VISIT, Service.LONG_VISIT]),
        amount=st.sampled_from([-2, -1, 1]),
        login=officers,
        second=st.none() | st.sampled_from(["supervisor", "chief", "officer"]),
    )
    def adjust(
        self, whom: int, service: Service, amount: int, login: str, second: str | None
    ) -> None:
        change = Adjustment(
            self.prisoner(whom), service, Limit.COUNT, amount, AdjustReason.ORDER
        )
        signer = self.officer(second) if second is not None else None
        self.do(adjusting.adjust, self.officer(login), change, signer)

    @rule(whom=prisoners, pieces=st.sampled_from([1, 2, 0, 15]), carried=st.booleans())
    def bring_from_before(self, whom: int, pieces: int, carried: bool) -> None:
        """From the paper journal, or from the year before."""
        asked = (self.house.supervisor, self.prisoner(whom), Service.SHORT_VISIT, pieces)
        if carried:
            self.do(adjusting.carry, *asked, AdjustReason.REWARD)
        else:
            self.do(adjusting.open_balance, *asked)

    @rule(
        whom=prisoners,
        value=st.sampled_from([4, 1, 0, None]),
        days=st.integers(0, 3),
        taken_back=st.none() | which,
    )
    def decide_for_one_prisoner(
        self, whom: int, value: int | None, days: int, taken_back: int | None
    ) -> None:
        individual_id = pick(self.lasting("individual_rule"), taken_back or 0)
        if taken_back is not None and individual_id is not None:
            self.do(individual.end, self.house.supervisor, individual_id)
            return
        today = self.house.desk.day()
        decided = IndividualEntry(
            prisoner_id=self.prisoner(whom),
            services=frozenset({Service.SHORT_VISIT}),
            limit=Limit.COUNT,
            period=Period.YEAR,
            value=value,
            legal_ref="приказ 12",
            from_day=today,
            to_day=today + timedelta(days=days),
        )
        self.do(individual.record, self.house.supervisor, decided)
