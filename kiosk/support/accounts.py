"""`kiosk users`: accounts from the shell, in an administrator's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from getpass import getpass
from pathlib import Path

from kiosk.codes import Role, Sex
from kiosk.config import Settings
from kiosk.errors import ConfigurationError, SignInRefused
from kiosk.post import Register
from kiosk.services import staff
from kiosk.services.opening import must_exist, open_register
from kiosk.text import N_
from kiosk.values import Officer


def add(
    settings: Settings,
    *,
    login_as: str,
    passphrase_file: Path | None,
    login: str,
    name: str,
    sex: str,
    roles: Sequence[str],
    new_passphrase_file: Path | None,
) -> Officer:
    """Make an account; the administrator proves who they are first.

    `roles` are values of Role. Raises KioskError.
    """
    wanted = frozenset(Role(role) for role in roles)
    with working_as(settings, login_as, passphrase_file) as (register, administrator):
        given = _passphrase(new_passphrase_file, f"Passphrase for {login}: ")
        return register.db.run_write(
            staff.add_user, register.desk, administrator, login, name, Sex(sex), wanted, given
        )


@contextmanager
def working_as(
    settings: Settings, login: str, passphrase_file: Path | None
) -> Iterator[tuple[Register, Officer]]:
    """The register, opened for writing, and who acts in it: they prove first who they are.

    Raises AlreadyRunning while the kiosk has the register, SignInRefused, StorageError.
    """
    must_exist(settings)
    own = _passphrase(passphrase_file, f"Passphrase of {login}: ")
    register = open_register(settings)
    try:
        yield register, register.db.run_write(staff.sign_in, register.desk, login, own)
    finally:
        register.db.close()


def listing(settings: Settings) -> tuple[Officer, ...]:
    """All accounts; runs beside the kiosk."""
    register = open_register(settings, writer=False)
    try:
        return register.db.run_read(staff.users, register.desk)
    finally:
        register.db.close()


def _passphrase(file: Path | None, prompt: str) -> str:
    if file is None:
        try:
            return getpass(prompt)
        except EOFError as error:
            raise SignInRefused(N_("No passphrase was given. Nothing was changed.")) from error
    try:
        return file.read_text("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            N_("The passphrase file {path} is not text in UTF-8. Save it as UTF-8."),
            path=str(file),
        ) from error
    except OSError as error:
        raise ConfigurationError(
            N_("The passphrase file {path} cannot be read: {why}."),
            path=str(file),
            why=error.strerror or str(error),
        ) from error
