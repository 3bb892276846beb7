"""Two persons let in what the rules refuse: proved apart, recorded, and never alone."""

from __future__ import annotations

import pytest

from kiosk.codes import OverrideGround, ReasonCode, Role, Sex
from kiosk.errors import Invalid, NotAllowed, Refused, SignInRefused
from kiosk.services import overrides, staff, visits, vouching
from kiosk.values import Officer, Override, Recorded, VisitRequest

from .gatehouse import CHEAP, PASSPHRASE, Gatehouse


def vouch(
    gatehouse: Gatehouse, login: str, passphrase: str = PASSPHRASE, asker: Officer | None = None
) -> Officer:
    return gatehouse.do(
        vouching.vouch, login, passphrase, asker or gatehouse.officer, cost=CHEAP
    )


def override(
    gatehouse: Gatehouse,
    request: VisitRequest,
    second: Officer,
    asker: Officer | None = None,
    words: str = "Мать при смерти",
) -> Recorded:
    seen = gatehouse.propose(request).decision
    signed = Override(second, OverrideGround.ILLNESS, words)
    return gatehouse.do(visits.admit, asker or gatehouse.officer, request, seen, signed)


def test_a_supervisor_vouches_by_a_passphrase_and_leaves_a_trace(
    gatehouse: Gatehouse,
) -> None:
    before = gatehouse.counts()
    assert vouch(gatehouse, " Supervisor ") == gatehouse.supervisor
    assert gatehouse.written(before) == {"audit_entry": 1, "sign_in": 1}
    (trace,) = gatehouse.rows("SELECT kind, staff_id FROM sign_in")
    assert trace == ("vouch", gatehouse.supervisor.staff_id.bytes)


def test_the_asker_is_refused_before_any_passphrase_counts(gatehouse: Gatehouse) -> None:
    before = gatehouse.counts()
    for typed in ("supervisor", " SUPERVISOR "):
        with pytest.raises(Invalid) as told:
            vouch(gatehouse, typed, "whatever", asker=gatehouse.supervisor)
        assert told.value.field == "login"
    assert gatehouse.written(before) == {}


def test_who_is_no_supervisor_vouches_for_nothing(gatehouse: Gatehouse) -> None:
    other = gatehouse.do(
        staff.add_user,
        gatehouse.administrator,
        "second",
        "Second",
        Sex.MALE,
        frozenset({Role.OFFICER, Role.INSPECTOR}),
        PASSPHRASE,
        cost=CHEAP,
    )
    before = gatehouse.counts()
    for login in (other.login, gatehouse.administrator.login):
        with pytest.raises(NotAllowed):
            vouch(gatehouse, login)
    assert gatehouse.written(before) == {}


def test_a_miss_counts_as_at_a_sign_in_and_a_locked_account_signs_nothing(
    gatehouse: Gatehouse,
) -> None:
    for _ in range(staff.TRIES):
        with pytest.raises(SignInRefused, match="is wrong"):
            vouch(gatehouse, "supervisor", "not the passphrase")
    with pytest.raises(SignInRefused, match="Too many"):
        vouch(gatehouse, "supervisor")
    with pytest.raises(SignInRefused, match="is wrong"):
        vouch(gatehouse, "nobody")


def test_a_banned_visitor_goes_in_when_two_sign_and_it_is_all_recorded(
    gatehouse: Gatehouse,
) -> None:
    banned, prisoner = gatehouse.visitor(), gatehouse.prisoner()
    number = gatehouse.ban(banned)
    request = gatehouse.request(prisoner, banned)
    recorded = override(gatehouse, request, vouch(gatehouse, "supervisor"))
    assert recorded.overridden
    (badge,) = gatehouse.rows("SELECT body FROM spool")
    assert '"signed_by":"Supervisor"' in str(badge[0])
    (row,) = gatehouse.rows("SELECT result, ground, staff_id, second_id FROM decision")
    assert row == (
        "override",
        "illness",
        gatehouse.officer.staff_id.bytes,
        gatehouse.supervisor.staff_id.bytes,
    )
    day = gatehouse.desk.day()
    (line,) = gatehouse.ask(overrides.between, day, day)
    assert ReasonCode.BANNED in {reason.code for reason in line.reasons}
    assert (line.number, line.asker, line.second) == (recorded.number, "Officer", "Supervisor")
    assert (line.ground, line.words) == (OverrideGround.ILLNESS, "Мать при смерти")
    assert [name.short for name in line.visitors] == [banned.name.short]
    assert "смерти" not in repr(line)
    (inputs,) = gatehouse.rows("SELECT reasons FROM decision")[0]
    assert str(number) in inputs


def test_nobody_signs_an_override_of_their_own(gatehouse: Gatehouse) -> None:
    banned = gatehouse.visitor()
    gatehouse.ban(banned)
    request = gatehouse.request(gatehouse.prisoner(), banned)
    before = gatehouse.counts()
    with pytest.raises(NotAllowed):
        override(gatehouse, request, gatehouse.supervisor, asker=gatehouse.supervisor)
    with pytest.raises(NotAllowed):
        override(gatehouse, request, gatehouse.officer, asker=gatehouse.supervisor)
    assert gatehouse.written(before) == {}


def test_what_nobody_may_sign_away_stays_refused(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor()
    gatehouse.visit(gatehouse.prisoner(), visitor)
    request = gatehouse.request(gatehouse.prisoner(), visitor)
    before = gatehouse.counts()
    with pytest.raises(Refused):
        override(gatehouse, request, gatehouse.supervisor)
    assert gatehouse.written(before) == {}
