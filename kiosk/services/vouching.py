"""A second person vouches for what the rules refuse, with a passphrase of their own.

argon2 takes 150 ms, so it is computed before the pen is taken for the case itself.
"""

from __future__ import annotations

from kiosk.codes import Action, SignInKind
from kiosk.errors import Invalid
from kiosk.services import staff
from kiosk.services.desk import Desk
from kiosk.services.duty import must_vouch
from kiosk.text import N_, clean
from kiosk.values import Officer


def vouch(
    desk: Desk, login: str, passphrase: str, besides: Officer, *, cost: staff.Cost = staff.DEAR
) -> Officer:
    """Who signs beside the officer `besides`, proved by their passphrase; leaves a trace.

    Raises Invalid for the asker's own login, NotAllowed for somebody without the role of a
    supervisor, SignInRefused as a sign-in does: for a wrong passphrase or unknown login, and
    while the account waits after too many tries. A try counts like one at a sign-in.
    """
    if clean(login, 40).lower() == besides.login:
        # Before the passphrase: that of the asker is never asked for here.
        raise _same()

    def another(officer: Officer) -> None:
        if officer.staff_id == besides.staff_id:
            raise _same()
        must_vouch(officer)

    return staff.prove(
        desk, login, passphrase, Action.VOUCH, SignInKind.VOUCH, cost, guard=another
    )


def _same() -> Invalid:
    return Invalid("login", N_("You asked for this override; another person must sign."))
