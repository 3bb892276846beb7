"""Whatever happens at the gate: nobody is inside against a ban unless two persons signed.

The invariants 3 and 8 of the register, played by a machine that bans, lifts, admits, signs
with right and wrong passphrases, and lets days pass.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from kiosk.clock import FixedClock
from kiosk.codes import LiftReason, OverrideGround
from kiosk.errors import Refused
from kiosk.keyfile import Keys
from kiosk.models.database import open_database
from kiosk.services import departures, restricting, visits, vouching
from kiosk.services.desk import Desk
from kiosk.values import Override

from .gatehouse import CHEAP, PASSPHRASE, open_gatehouse

DAY = 24 * 3_600_000
people = st.integers(0, 2)
prisoners = st.integers(0, 1)
askers = st.sampled_from(["officer", "officer", "supervisor", "admin"])
signers = st.sampled_from(["supervisor", "supervisor", "officer", "admin"])


class GateMachine(RuleBasedStateMachine):
    """Three visitors, two prisoners, three of the staff; every register is a new one."""

    def __init__(self, folder: Path, empty: Path, keys: Keys, desk: Desk, began: int) -> None:
        super().__init__()
        path = folder / "gate.db"
        shutil.copy(empty, path)
        shutil.copy(f"{empty}.head", f"{path}.head")
        assert isinstance(desk.clock, FixedClock)
        desk.clock.at = began
        self.house = open_gatehouse(open_database(path, keys.database), desk, desk.clock)
        self.visitors = [self.house.visitor(name) for name in ("Асанова", "Бекова", "Иманова")]
        self.prisoners = [self.house.prisoner() for _ in range(2)]
        self.bans: list[UUID] = []
        self.officers = {
            one.login: one
            for one in (self.house.administrator, self.house.officer, self.house.supervisor)
        }

    def teardown(self) -> None:
        self.house.must_be_whole()
        self.house.db.close()

    @rule(who=people, pair=st.none() | prisoners, days=st.none() | st.integers(0, 2))
    def ban(self, who: int, pair: int | None, days: int | None) -> None:
        today = self.house.desk.day()
        last = None if days is None else today.fromordinal(today.toordinal() + days)
        prisoner_id = None if pair is None else self.prisoners[pair].prisoner_id
        self.bans.append(
            self.house.ban(self.visitors[who], to_day=last, prisoner_id=prisoner_id)
        )

    @rule(place=st.integers(0, 5))
    def lift(self, place: int) -> None:
        if self.bans:
            ban = self.bans[place % len(self.bans)]
            with suppress(Refused):
                self.house.do(
                    restricting.lift, self.house.supervisor, ban, LiftReason.GROUND_GONE
                )

    @rule(group=st.sets(people, min_size=1), whom=prisoners)
    def admit(self, group: set[int], whom: int) -> None:
        members = [self.visitors[who] for who in sorted(group)]
        with suppress(Refused):
            self.house.admit(self.house.request(self.prisoners[whom], *members))

    @rule(
        group=st.sets(people, min_size=1),
        whom=prisoners,
        asker=askers,
        signer=signers,
        right=st.booleans(),
    )
    def sign(self, group: set[int], whom: int, asker: str, signer: str, right: bool) -> None:
        members = [self.visitors[who] for who in sorted(group)]
        request = self.house.request(self.prisoners[whom], *members)
        who = self.officers[asker]
        with suppress(Refused):
            seen = self.house.ask(visits.propose, who, request).decision
            typed = PASSPHRASE if right else "not the passphrase"
            second = self.house.do(vouching.vouch, signer, typed, who, cost=CHEAP)
            assert right
            signed = Override(second, OverrideGround.ORDER)
            self.house.do(visits.admit, who, request, seen, signed)

    @rule()
    def leave(self) -> None:
        for one in self.house.inside()[:1]:
            self.house.do(departures.leave, self.house.officer, one.case_id)

    @rule(days=st.integers(1, 2))
    def wait(self, days: int) -> None:
        self.house.clock.at += days * DAY

    @invariant()
    def nobody_is_inside_against_a_ban_but_by_two(self) -> None:
        """A ban that came after them has put their visit up for review."""
        against = self.house.rows(
            "SELECT count(*) FROM presence p JOIN gate_case c ON c.id = p.case_id"
            " JOIN restriction r ON r.person_id = p.person_root"
            "  AND (r.prisoner_id IS NULL OR r.prisoner_id = c.prisoner_id)"
            " LEFT JOIN ending e ON e.target_id = r.id"
            ' WHERE e.id IS NULL AND r."from" <= c.day AND (r."to" IS NULL OR r."to" >= c.day)'
            " AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.case_id = c.id"
            "  AND d.result = 'override' AND d.second_id <> d.staff_id)"
            " AND NOT EXISTS (SELECT 1 FROM review v WHERE v.case_id = c.id"
            "  AND v.cause_id = r.id AND r.audit_seq > c.audit_seq)"
        )
        assert against == [(0,)]

    @invariant()
    def whoever_signed_is_another_and_a_supervisor(self) -> None:
        signed = self.house.rows(
            "SELECT staff_id, second_id FROM decision WHERE result = 'override'"
        )
        supervisor = self.house.supervisor.staff_id.bytes
        assert all(second == supervisor != asker for asker, second in signed)


def test_a_banned_person_is_never_inside_without_two_who_signed(
    tmp_path_factory: pytest.TempPathFactory, empty_register: Path, keys: Keys, desk: Desk
) -> None:
    began = desk.clock.now()

    def machine() -> GateMachine:
        folder = tmp_path_factory.mktemp("gate")
        return GateMachine(folder, empty_register, keys, desk, began)

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=6,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
