"""Who works here: accounts, passphrases, signing in and out.

argon2 takes 150 ms and is never computed while the pen is held. How often a passphrase was
missed stands in the database, so a restart gives nobody a fresh start.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from kiosk.clock import local
from kiosk.codes import Action, Role, Sex, SignInKind
from kiosk.errors import Invalid, NotFound, SignInRefused
from kiosk.models import Credential, SignIn, Staff
from kiosk.services import clock_jump, drafts
from kiosk.services.desk import Desk
from kiosk.services.duty import must_administer
from kiosk.services.entry import Entry, entry
from kiosk.services.prepared import Prepared
from kiosk.text import N_, clean
from kiosk.values import Officer

SHORTEST_PASSPHRASE = 15  # NIST SP 800-63B-4, for a passphrase that is the only factor
TRIES = 5
MINUTE = 60_000
LONGEST_WAIT = 240 * MINUTE

_LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,31}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at a passphrase costs. Measured here: 153 ms."""

    memory_kib: int = 64 * 1024
    passes: int = 3


DEAR = Cost()


# ---- accounts


def needs_first_administrator(desk: Desk) -> bool:
    """Whether nobody can sign in yet."""
    return not Staff.select().exists()


def create_first_administrator(
    desk: Desk, login: str, name: str, sex: Sex, passphrase: str, *, cost: Cost = DEAR
) -> Officer:
    """Make the account from which all others are made. Raises Invalid, also if there is one."""
    login = _checked(login, name, passphrase)
    hashed = _hash(passphrase, cost)
    with entry(desk, Action.RECORD_STAFF) as e:
        if not needs_first_administrator(desk):
            raise Invalid("login", N_("There is an administrator already. Sign in instead."))
        return _add(e, None, login, name, sex, frozenset({Role.ADMINISTRATOR}), hashed)


def add_user(
    desk: Desk,
    officer: Officer,
    login: str,
    name: str,
    sex: Sex,
    roles: frozenset[Role],
    passphrase: str,
    *,
    cost: Cost = DEAR,
) -> Officer:
    """Make an account. An administrator does this.

    Raises Invalid when the login is taken or malformed, no role is given, support is
    mixed with another role (support sees no people), or the passphrase is too short.
    """
    must_administer(officer)
    login = _checked(login, name, passphrase)
    _check_roles(roles)
    hashed = _hash(passphrase, cost)
    with entry(desk, Action.RECORD_STAFF, officer=officer) as e:
        if any(one.login == login for one in _accounts()):
            raise Invalid("login", N_("The login {login} is taken."), login=login)
        return _add(e, officer, login, name, sex, roles, hashed)


def change_user(
    desk: Desk, officer: Officer, staff_id: UUID, roles: frozenset[Role], active: bool
) -> Officer:
    """Give an account other roles, or close it. An administrator does this.

    Raises Invalid when no active administrator would be left, NotFound for no such account.
    """
    must_administer(officer)
    _check_roles(roles)
    with entry(desk, Action.RECORD_STAFF, officer=officer, object_id=staff_id) as e:
        before = _current(staff_id)
        others = any(
            one.staff_id != staff_id and one.active and Role.ADMINISTRATOR in one.roles
            for one in _accounts()
        )
        if not others and not (active and Role.ADMINISTRATOR in roles):
            raise Invalid(
                "roles",
                N_("This is the last administrator. Make another one first."),
            )
        _version(e, officer, before, roles, active)
        return Officer(staff_id, before.login, before.name, before.sex, roles)


def reset_passphrase(
    desk: Desk, officer: Officer, staff_id: UUID, passphrase: str, *, cost: Cost = DEAR
) -> None:
    """Give an account a new passphrase and end its waiting time. An administrator does this.

    Raises Invalid for a short passphrase, NotFound for no such account.
    """
    must_administer(officer)
    _check_passphrase(passphrase)
    hashed = _hash(passphrase, cost)
    with entry(desk, Action.RECORD_STAFF, officer=officer, object_id=staff_id) as e:
        before = _current(staff_id)
        # The same account again, by somebody else: the fact that a reset leaves behind.
        _version(e, officer, before, frozenset(before.roles), before.active)
        Credential.update(passphrase_hash=hashed, failures=0, locked_until=None).where(
            Credential.staff_id == staff_id
        ).execute()


def users(desk: Desk) -> tuple[Officer, ...]:
    """All active accounts by name, as screens list them; namesakes by login."""
    return tuple(_officer(one) for one in sorted(_accounts(), key=_name_of) if one.active)


def names_of(staff_ids: Collection[UUID]) -> dict[UUID, str]:
    """What the officers of these ids are called now; who was erased is left out."""
    return {row.staff_id: row.name for row in _NAMED(list(staff_ids))}


_NAMED = Prepared(
    lambda staff_ids: Staff.select().where(Staff.staff_id.in_(staff_ids)).order_by(Staff.id)
)


def name_of(staff_id: UUID) -> str:
    """As papers show it. Raises NotFound."""
    return str(_current(staff_id).name)


# ---- signing in and out


def sign_in(
    desk: Desk,
    login: str,
    passphrase: str,
    *,
    confirms_clock: bool = False,
    cost: Cost = DEAR,
) -> Officer:
    """Let somebody work here. Records the try, whether it succeeds or not.

    Raises SignInRefused for a wrong passphrase or an unknown login, which cost the same
    time and read the same, and while waiting: after five wrong tries a minute, then twice
    as long after each further one, up to four hours. Raises ClockJumped while the clock is
    ahead: only a supervisor signs in then, who confirms the time that the error tells.
    """

    def looks_at_the_clock(officer: Officer) -> None:
        clock_jump.confirm(desk, officer, confirms_clock)

    guard = looks_at_the_clock if clock_jump.jumped(desk) else None
    return prove(desk, login, passphrase, Action.SIGN_IN, SignInKind.IN, cost, guard)


def sign_out(desk: Desk, officer: Officer) -> None:
    """The officer goes home; what they typed and did not record is wiped."""
    with entry(desk, Action.SIGN_OUT, officer=officer, object_id=officer.staff_id) as e:
        _sign_in_fact(desk, e, officer.staff_id, SignInKind.OUT)
        drafts.done(officer.staff_id)


def lock(desk: Desk, officer: Officer) -> None:
    """The officer goes away for a while and stays signed in."""
    with entry(desk, Action.LOCK, officer=officer, object_id=officer.staff_id) as e:
        _sign_in_fact(desk, e, officer.staff_id, SignInKind.LOCK)


def unlock(desk: Desk, officer: Officer, passphrase: str, *, cost: Cost = DEAR) -> Officer:
    """The officer who locked the kiosk is back. Raises as `sign_in` does."""
    return prove(desk, officer.login, passphrase, Action.UNLOCK, SignInKind.UNLOCK, cost)


def prove(
    desk: Desk,
    login: str,
    passphrase: str,
    action: Action,
    kind: SignInKind,
    cost: Cost,
    guard: Callable[[Officer], None] | None = None,
) -> Officer:
    """Who this is, by their passphrase; recorded as `kind`. Raises as `sign_in` does.

    `guard` may refuse whoever proved it, before anything is recorded.
    """
    account = _account(login)
    if account is None:
        _hash(passphrase, cost)
        _record_failure(desk, None)
        raise _wrong()
    credential = Credential.get_or_none(Credential.staff_id == account.staff_id)
    _must_not_wait(desk, credential)
    right = credential is not None and _verify(credential.passphrase_hash, passphrase)
    if not right:
        _record_failure(desk, account.staff_id)
        raise _wrong()
    officer = _officer(account)
    jumped = clock_jump.jumped(desk)
    if guard is not None:
        guard(officer)
    with entry(desk, action, officer=officer, object_id=officer.staff_id) as e:
        # Again under the pen: another window may have used up the tries meanwhile.
        _must_not_wait(desk, Credential.get_or_none(Credential.staff_id == officer.staff_id))
        _sign_in_fact(desk, e, officer.staff_id, kind)
        if jumped:
            _sign_in_fact(desk, e, officer.staff_id, SignInKind.CLOCK)
        Credential.update(failures=0, locked_until=None).where(
            Credential.staff_id == officer.staff_id
        ).execute()
    return officer


def _record_failure(desk: Desk, staff_id: UUID | None) -> None:
    if clock_jump.jumped(desk):
        _count_failure(desk, staff_id)  # no fact may bear this time, and none is needed
        return
    with entry(desk, Action.SIGN_IN_FAILED, object_id=staff_id) as e:
        _sign_in_fact(desk, e, staff_id, SignInKind.FAILED)
        _count_failure(desk, staff_id)


def _count_failure(desk: Desk, staff_id: UUID | None) -> None:
    credential = Credential.get_or_none(Credential.staff_id == staff_id)
    if credential is not None:
        failures = min(credential.failures + 1, 1000)
        Credential.update(
            failures=failures, locked_until=_locked_until(desk.clock.now(), failures)
        ).where(Credential.staff_id == staff_id).execute()


def _locked_until(now: int, failures: int) -> int | None:
    if failures < TRIES:
        return None
    return now + min(MINUTE << min(failures - TRIES, 16), LONGEST_WAIT)


def _must_not_wait(desk: Desk, credential: Credential | None) -> None:
    if credential is None or credential.locked_until is None:
        return
    if desk.clock.now() < credential.locked_until:
        raise SignInRefused(
            N_("Too many wrong passphrases. Try again after {time}, or ask an administrator."),
            time=f"{local(credential.locked_until + MINUTE - 1, desk.zone):%H:%M}",
        )


def _wrong() -> SignInRefused:
    return SignInRefused(N_("Login or passphrase is wrong. Type both again."))


def _sign_in_fact(desk: Desk, e: Entry, staff_id: UUID | None, kind: SignInKind) -> None:
    e.add(SignIn, staff_id=staff_id, kind=kind, window=desk.window)


# ---- rows


def _accounts() -> Iterable[Staff]:
    """The current version of every account; there are a few dozen at most."""
    current = {row.staff_id: row for row in Staff.select().order_by(Staff.id)}
    return current.values()


def _account(login: str) -> Staff | None:
    login = clean(login, 32).lower()
    return next((one for one in _accounts() if one.login == login and one.active), None)


def _name_of(row: Staff) -> tuple[str, str]:
    return str(row.name).casefold(), str(row.login)


def _officer(row: Staff) -> Officer:
    return Officer(
        row.staff_id, row.login, row.name, row.sex, frozenset(Role(role) for role in row.roles)
    )


def _current(staff_id: UUID) -> Staff:
    for one in _accounts():
        if one.staff_id == staff_id:
            return one
    raise NotFound(N_("There is no such account."))


def _version(e: Entry, by: Officer, before: Staff, roles: frozenset[str], active: bool) -> None:
    """A new version of an account; the greatest id is the one that holds."""
    e.add(
        Staff,
        staff_id=before.staff_id,
        login=before.login,
        name=before.name,
        sex=before.sex,
        roles=roles,
        active=active,
        by_id=by.staff_id,
    )


def _add(
    e: Entry,
    by: Officer | None,
    login: str,
    name: str,
    sex: Sex,
    roles: frozenset[Role],
    passphrase_hash: str,
) -> Officer:
    staff_id = e.new_id()
    e.add(
        Staff,
        staff_id=staff_id,
        login=login,
        name=name,
        sex=sex,
        roles=roles,
        active=True,
        by_id=by.staff_id if by else None,
    )
    Credential.create(staff_id=staff_id, passphrase_hash=passphrase_hash)
    e.object_id = staff_id
    return Officer(staff_id, login, clean(name, 100), sex, roles)


# ---- checks


def _checked(login: str, name: str, passphrase: str) -> str:
    login = clean(login, 40).lower()
    if not _LOGIN.fullmatch(login):
        raise Invalid(
            "login",
            N_("A login has 2 to 32 Latin letters, digits, points or dashes; a letter first."),
        )
    if not clean(name, 100):
        raise Invalid("name", N_("The name is missing."))
    _check_passphrase(passphrase)
    return login


def _check_passphrase(passphrase: str) -> None:
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise Invalid(
            "passphrase",
            N_("A passphrase has at least {count} characters. Several words are easiest."),
            count=SHORTEST_PASSPHRASE,
        )


def _check_roles(roles: frozenset[Role]) -> None:
    if not roles:
        raise Invalid("roles", N_("Choose at least one role."))
    if Role.SUPPORT in roles and len(roles) > 1:
        raise Invalid("roles", N_("Support stands alone: it sees no people."))


def _hash(passphrase: str, cost: Cost) -> str:
    from argon2 import PasswordHasher

    return PasswordHasher(
        time_cost=cost.passes, memory_cost=cost.memory_kib, parallelism=1
    ).hash(passphrase)


def _verify(passphrase_hash: str, passphrase: str) -> bool:
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(passphrase_hash, passphrase)
    except (VerificationError, InvalidHashError):
        return False
