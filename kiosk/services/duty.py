"""Who may do what: the guard that the services of the gate begin with.

Roles are written in one place, so that a reader can see the whole of it:

    register visits, open cards       officer, inspector, supervisor
    goods taken in, turned back       the same
    parcels handed over, given back   the same
    relations stated, papers, notes   the same
    finds, their things and acts      the same
    look at people and prisoners      the same, and administrator
    restrictions, a prisoner's status  supervisor, administrator
    relations approved, doubles       the same
    rooms, sessions, closed days      the same
    places of the storage, catalogue  the same
    parcels corrected, void, sent on  the same
    finds taken back, proposed bans   the same
    sign an override, as the second    supervisor
    prisoners, users, rules           administrator
    take registers and statistics     all but support
    support                           none of these
"""

from __future__ import annotations

from kiosk.codes import Role
from kiosk.errors import NotAllowed
from kiosk.text import N_
from kiosk.values import Officer

AT_THE_GATE = frozenset({Role.OFFICER, Role.INSPECTOR, Role.SUPERVISOR})


def must_register(officer: Officer) -> None:
    """Raises NotAllowed unless `officer` may register who passes the gate."""
    if not officer.may(*AT_THE_GATE):
        raise NotAllowed(
            N_("Only an officer, inspector or supervisor may do this. Nothing was recorded.")
        )


def must_look_up(officer: Officer) -> None:
    """Raises NotAllowed unless `officer` may see people and prisoners."""
    if not officer.may(*AT_THE_GATE, Role.ADMINISTRATOR):
        raise NotAllowed(N_("Your role does not cover the records of people."))


def must_supervise(officer: Officer) -> None:
    """Raises NotAllowed unless `officer` may restrict somebody or move a prisoner."""
    if not officer.may(Role.SUPERVISOR, Role.ADMINISTRATOR):
        raise NotAllowed(
            N_("Only a supervisor or an administrator may do this. Nothing was recorded.")
        )


def must_vouch(officer: Officer) -> None:
    """Raises NotAllowed unless `officer` may sign, as the second, against the rules."""
    if not officer.may(Role.SUPERVISOR):
        raise NotAllowed(N_("A supervisor signs an override. Nothing was recorded."))


def must_administer(officer: Officer) -> None:
    """Raises NotAllowed unless `officer` is an administrator."""
    if not officer.may(Role.ADMINISTRATOR):
        raise NotAllowed(N_("Only an administrator may do this. Nothing was recorded."))


def must_take_reports(officer: Officer) -> None:
    """Raises NotAllowed unless `officer` may be given registers and statistics."""
    if not officer.may(*AT_THE_GATE, Role.ADMINISTRATOR, Role.AUDITOR):
        raise NotAllowed(N_("Your role does not cover registers and reports."))
