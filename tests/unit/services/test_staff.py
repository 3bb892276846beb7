"""Who may sign in, how often one may miss, and what each role may do."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk.codes import BanGround, JobState, RestrictionKind, Role, Sex, Status
from kiosk.errors import Invalid, NotAllowed, NotFound, SignInRefused
from kiosk.keyfile import Keys
from kiosk.models import TABLES
from kiosk.models.database import open_database
from kiosk.services import (
    departures,
    find,
    identify,
    people,
    presence,
    print_queue,
    printing,
    prisoner_events,
    restricting,
    staff,
    visits,
)
from kiosk.values import Officer, RestrictionEntry

from .gatehouse import CHEAP, PASSPHRASE, Gatehouse, at_once, id_card

WRONG = "not the passphrase"


def sign_in(
    gatehouse: Gatehouse, login: str = "officer", passphrase: str = PASSPHRASE
) -> Officer:
    return gatehouse.do(staff.sign_in, login, passphrase, cost=CHEAP)


def miss(gatehouse: Gatehouse, times: int) -> None:
    for _ in range(times):
        with pytest.raises(SignInRefused, match="is wrong"):
            sign_in(gatehouse, passphrase=WRONG)


# ---- signing in


def test_the_right_passphrase_signs_in_and_is_recorded(gatehouse: Gatehouse) -> None:
    before = gatehouse.counts()
    officer = sign_in(gatehouse, " Officer ")
    assert officer == gatehouse.officer
    gatehouse.do(staff.sign_out, officer)
    assert gatehouse.written(before) == {"audit_entry": 2, "sign_in": 2}
    assert gatehouse.rows("SELECT kind FROM sign_in ORDER BY id") == [("in",), ("out",)]


def test_an_unknown_login_reads_like_a_wrong_passphrase(gatehouse: Gatehouse) -> None:
    with pytest.raises(SignInRefused) as unknown:
        sign_in(gatehouse, "nobody")
    with pytest.raises(SignInRefused) as wrong:
        sign_in(gatehouse, passphrase=WRONG)
    assert str(unknown.value) == str(wrong.value)
    failed = gatehouse.rows("SELECT staff_id FROM sign_in WHERE kind = 'failed' ORDER BY id")
    assert failed == [(None,), (gatehouse.officer.staff_id.bytes,)]


def test_five_misses_cost_a_minute_and_each_further_one_twice_as_much(
    gatehouse: Gatehouse,
) -> None:
    miss(gatehouse, 5)
    for minutes in (1, 2, 4):
        gatehouse.clock.at += minutes * 60_000 - 1
        with pytest.raises(SignInRefused, match="Too many"):
            sign_in(gatehouse)
        gatehouse.clock.at += 1
        miss(gatehouse, 1)
    gatehouse.clock.at += 8 * 60_000
    assert sign_in(gatehouse) == gatehouse.officer
    miss(gatehouse, 4)
    assert sign_in(gatehouse) == gatehouse.officer


def test_nobody_waits_longer_than_four_hours(gatehouse: Gatehouse) -> None:
    miss(gatehouse, 5)
    for _ in range(12):
        gatehouse.clock.at += 4 * 3_600_000
        miss(gatehouse, 1)
    gatehouse.clock.at += 4 * 3_600_000
    assert sign_in(gatehouse) == gatehouse.officer


def test_a_restart_gives_nobody_a_fresh_start(
    gatehouse: Gatehouse, tmp_path: Path, keys: Keys
) -> None:
    miss(gatehouse, 5)
    gatehouse.db.run_write(
        lambda: gatehouse.db.file.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    )
    restarted = tmp_path / "restarted.db"
    shutil.copy(gatehouse.db.file.path, restarted)
    shutil.copy(gatehouse.db.file.head_path, f"{restarted}.head")
    bound = gatehouse.db.file
    again = open_database(restarted, keys.database)
    try:
        with pytest.raises(SignInRefused, match="Too many"):
            again.run_write(staff.sign_in, gatehouse.desk, "officer", PASSPHRASE, cost=CHEAP)
    finally:
        again.close()
        bound.bind(TABLES, bind_refs=False, bind_backrefs=False)


def test_misses_at_two_windows_are_all_counted(gatehouse: Gatehouse) -> None:
    at_once(*[lambda: staff.sign_in(gatehouse.desk, "officer", WRONG, cost=CHEAP)] * 4)
    assert gatehouse.rows("SELECT max(failures) FROM credential") == [(4,)]


def test_a_reset_ends_the_waiting_and_the_old_passphrase(gatehouse: Gatehouse) -> None:
    miss(gatehouse, 5)
    gatehouse.do(
        staff.reset_passphrase,
        gatehouse.administrator,
        gatehouse.officer.staff_id,
        "another long passphrase",
        cost=CHEAP,
    )
    miss(gatehouse, 1)
    with pytest.raises(SignInRefused):
        sign_in(gatehouse)
    assert sign_in(gatehouse, passphrase="another long passphrase") == gatehouse.officer


def test_a_closed_account_signs_in_no_more(gatehouse: Gatehouse) -> None:
    gatehouse.do(
        staff.change_user,
        gatehouse.administrator,
        gatehouse.officer.staff_id,
        gatehouse.officer.roles,
        False,
    )
    with pytest.raises(SignInRefused, match="is wrong"):
        sign_in(gatehouse)
    logins = [one.login for one in gatehouse.ask(staff.users)]
    assert logins == ["supervisor", "admin"]


def test_who_locked_the_kiosk_unlocks_it_with_their_passphrase(gatehouse: Gatehouse) -> None:
    gatehouse.do(staff.lock, gatehouse.officer)
    with pytest.raises(SignInRefused):
        gatehouse.do(staff.unlock, gatehouse.officer, WRONG, cost=CHEAP)
    assert gatehouse.do(staff.unlock, gatehouse.officer, PASSPHRASE, cost=CHEAP) == (
        gatehouse.officer
    )
    kinds = [kind for (kind,) in gatehouse.rows("SELECT kind FROM sign_in ORDER BY id")]
    assert kinds == ["lock", "failed", "unlock"]


# ---- accounts


def test_there_is_one_first_administrator(gatehouse: Gatehouse) -> None:
    with pytest.raises(Invalid):
        gatehouse.do(
            staff.create_first_administrator, "two", "Two", Sex.MALE, PASSPHRASE, cost=CHEAP
        )


@pytest.mark.parametrize(
    ("field", "login", "roles", "passphrase"),
    [
        ("login", "officer", {Role.OFFICER}, PASSPHRASE),
        ("login", "OFFICER", {Role.OFFICER}, PASSPHRASE),
        ("login", "1abc", {Role.OFFICER}, PASSPHRASE),
        ("login", "бек", {Role.OFFICER}, PASSPHRASE),
        ("roles", "bek", set(), PASSPHRASE),
        ("roles", "bek", {Role.SUPPORT, Role.OFFICER}, PASSPHRASE),
        ("passphrase", "bek", {Role.OFFICER}, "fourteen chars"),
    ],
)
def test_an_account_that_cannot_be_names_its_field(
    gatehouse: Gatehouse, field: str, login: str, roles: set[Role], passphrase: str
) -> None:
    before = gatehouse.counts()
    with pytest.raises(Invalid) as told:
        gatehouse.do(
            staff.add_user,
            gatehouse.administrator,
            login,
            "Бек",
            Sex.MALE,
            frozenset(roles),
            passphrase,
            cost=CHEAP,
        )
    assert told.value.field == field
    assert gatehouse.written(before) == {}


def test_the_last_administrator_stays(gatehouse: Gatehouse) -> None:
    admin, officer = gatehouse.administrator, gatehouse.officer

    def change(who: Officer, roles: frozenset[Role], active: bool) -> None:
        gatehouse.do(staff.change_user, admin, who.staff_id, roles, active)

    with pytest.raises(Invalid, match="last administrator"):
        change(admin, officer.roles, True)
    with pytest.raises(Invalid, match="last administrator"):
        change(admin, admin.roles, False)
    change(officer, admin.roles | officer.roles, True)
    change(admin, admin.roles, False)
    with pytest.raises(Invalid, match="last administrator"):
        change(officer, officer.roles, True)


def test_two_administrators_who_close_each_other_leave_one(gatehouse: Gatehouse) -> None:
    admin, desk = gatehouse.administrator, gatehouse.desk
    officer = gatehouse.do(
        staff.change_user, admin, gatehouse.officer.staff_id, admin.roles, True
    )
    answers = at_once(
        lambda: staff.change_user(desk, admin, officer.staff_id, admin.roles, False),
        lambda: staff.change_user(desk, officer, admin.staff_id, admin.roles, False),
    )
    assert sum(isinstance(one, Invalid) for one in answers) == 1


def test_nobody_is_changed_who_is_not_there(gatehouse: Gatehouse) -> None:
    with pytest.raises(NotFound):
        gatehouse.do(
            staff.change_user,
            gatehouse.administrator,
            gatehouse.prisoner().prisoner_id,
            frozenset({Role.OFFICER}),
            True,
        )


# ---- what each role may do


AT_THE_GATE = {Role.OFFICER, Role.INSPECTOR, Role.SUPERVISOR}
LOOKS = AT_THE_GATE | {Role.ADMINISTRATOR}
SUPERVISES = {Role.SUPERVISOR, Role.ADMINISTRATOR}
Deed = Callable[[Gatehouse, Officer], Any]


def _propose(gatehouse: Gatehouse, officer: Officer) -> None:
    request = gatehouse.request(gatehouse.prisoner(), gatehouse.visitor())
    gatehouse.ask(visits.propose, officer, request)


def _admit(gatehouse: Gatehouse, officer: Officer) -> None:
    request = gatehouse.request(gatehouse.prisoner(), gatehouse.visitor())
    seen = gatehouse.propose(request).decision
    gatehouse.do(visits.admit, officer, request, seen)


def _refuse(gatehouse: Gatehouse, officer: Officer) -> None:
    request = gatehouse.request(gatehouse.prisoner(), gatehouse.child())
    seen = gatehouse.propose(request).decision
    gatehouse.do(visits.refuse, officer, request, seen)


def _leave(gatehouse: Gatehouse, officer: Officer) -> None:
    recorded = gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor())
    gatehouse.do(departures.leave, officer, recorded.case_id)


def _open_badge(gatehouse: Gatehouse, officer: Officer) -> None:
    recorded = gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor())
    gatehouse.ask(departures.open_badge, officer, recorded.number)


def _reprint(gatehouse: Gatehouse, officer: Officer) -> None:
    recorded = gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor())
    for job in recorded.jobs:
        gatehouse.do(print_queue.mark, job, JobState.CANCELLED)
    gatehouse.do(printing.reprint, officer, recorded.case_id)


def _register(gatehouse: Gatehouse, officer: Officer) -> None:
    gatehouse.do(people.register, officer, gatehouse.entered())


def _identify(gatehouse: Gatehouse, officer: Officer) -> None:
    gatehouse.do(identify.identify, officer, id_card())


def _card(gatehouse: Gatehouse, officer: Officer) -> None:
    gatehouse.do(identify.card, officer, gatehouse.visitor().person_id)


def _find(gatehouse: Gatehouse, officer: Officer) -> None:
    gatehouse.ask(find.find, officer, "асан")


def _list(gatehouse: Gatehouse, officer: Officer) -> None:
    gatehouse.ask(find.people, officer, 0, 15)


def _inside(gatehouse: Gatehouse, officer: Officer) -> None:
    gatehouse.ask(presence.inside, officer)


def _ban(gatehouse: Gatehouse, officer: Officer) -> None:
    asked = RestrictionEntry(
        RestrictionKind.BAN,
        date(2026, 3, 6),
        None,
        BanGround.HEAD,
        gatehouse.visitor().person_id,
    )
    gatehouse.do(restricting.restrict, officer, asked)


def _status(gatehouse: Gatehouse, officer: Officer) -> None:
    prisoner = gatehouse.prisoner()
    gatehouse.do(prisoner_events.set_status, officer, prisoner.prisoner_id, Status.COURT)


def _enter_prisoner(gatehouse: Gatehouse, officer: Officer) -> None:
    replace(gatehouse, administrator=officer).prisoner()


def _add_user(gatehouse: Gatehouse, officer: Officer) -> None:
    roles = frozenset({Role.OFFICER})
    gatehouse.do(staff.add_user, officer, "bek", "Бек", Sex.MALE, roles, PASSPHRASE, cost=CHEAP)


def _change_user(gatehouse: Gatehouse, officer: Officer) -> None:
    who = gatehouse.officer
    gatehouse.do(staff.change_user, officer, who.staff_id, who.roles, False)


def _reset(gatehouse: Gatehouse, officer: Officer) -> None:
    who = gatehouse.officer.staff_id
    gatehouse.do(staff.reset_passphrase, officer, who, PASSPHRASE, cost=CHEAP)


DEEDS: list[tuple[Deed, set[Role]]] = [
    (_propose, AT_THE_GATE),
    (_admit, AT_THE_GATE),
    (_refuse, AT_THE_GATE),
    (_leave, AT_THE_GATE),
    (_open_badge, AT_THE_GATE),
    (_reprint, AT_THE_GATE),
    (_register, AT_THE_GATE),
    (_identify, LOOKS),
    (_card, LOOKS),
    (_find, LOOKS),
    (_list, LOOKS),
    (_inside, LOOKS),
    (_ban, SUPERVISES),
    (_status, SUPERVISES),
    (_enter_prisoner, {Role.ADMINISTRATOR}),
    (_add_user, {Role.ADMINISTRATOR}),
    (_change_user, {Role.ADMINISTRATOR}),
    (_reset, {Role.ADMINISTRATOR}),
]


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_its_own_and_nothing_else(gatehouse: Gatehouse, role: Role) -> None:
    somebody = gatehouse.do(
        staff.add_user,
        gatehouse.administrator,
        "somebody",
        "Somebody",
        Sex.MALE,
        frozenset({role}),
        PASSPHRASE,
        cost=CHEAP,
    )
    for deed, roles in DEEDS:
        if role in roles:
            deed(gatehouse, somebody)
        else:
            with pytest.raises(NotAllowed):
                deed(gatehouse, somebody)


def test_who_may_not_act_writes_nothing(gatehouse: Gatehouse) -> None:
    support = replace(gatehouse.officer, roles=frozenset({Role.SUPPORT}))
    recorded = gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor())
    before = gatehouse.counts()
    with pytest.raises(NotAllowed):
        gatehouse.do(departures.leave, support, recorded.case_id)
    assert gatehouse.written(before) == {}
