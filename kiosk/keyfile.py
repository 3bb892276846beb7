"""The master key: one file of 32 bytes, from which the keys for storage and proof follow.

Who has this file and a copy of the database can read everything; who loses it can read
nothing. A restore or a move of the kiosk takes it along.
"""

from __future__ import annotations

import glob
import hmac
import os
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.errors import ConfigurationError
from kiosk.text import N_

LENGTH = 32

_ASIDE = ".new-"

_DATABASE = b"gatebook database key 1"
_AUDIT = b"gatebook audit key 1"


@dataclass(frozen=True, slots=True)
class Keys:
    """`database` opens the register, `audit` keys its chain and its seals."""

    database: bytes = field(repr=False)
    audit: bytes = field(repr=False)


def create(path: Path) -> Keys:
    """Makes a new key file, 0600 and safely on the disk, and gives its keys.

    The file appears under its name whole or not at all: a short one would be taken for the
    key of the register. Raises ConfigurationError when there is one already, or when it
    cannot be written.
    """
    master = secrets.token_bytes(LENGTH)
    aside = path.with_name(f"{path.name}{_ASIDE}{secrets.token_hex(8)}")
    try:
        try:
            _write_new(aside, master)
            os.link(aside, path)  # unlike a rename it never replaces what is there
        finally:
            # Also what an earlier try left that lost its power.
            for left in path.parent.glob(f"{glob.escape(path.name)}{_ASIDE}*"):
                left.unlink(missing_ok=True)
        _sync_folder(path.parent)
    except FileExistsError as error:
        raise ConfigurationError(
            N_("There is a key file at {path} already; it was left as it is."), path=str(path)
        ) from error
    except OSError as error:
        raise ConfigurationError(
            N_("The key file {path} could not be written ({why})."),
            path=str(path),
            why=error.strerror,
        ) from error
    return derive(master)


def _write_new(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    with open(descriptor, "wb") as written:
        written.write(content)
        written.flush()
        os.fsync(descriptor)


def read(path: Path) -> Keys:
    """The keys of an existing key file.

    Raises ConfigurationError when it is missing, unreadable, of a wrong length, or when
    others than its owner may read it.
    """
    try:
        # Opened once: what is checked is what is read.
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            master = file.read(LENGTH + 1)
    except FileNotFoundError as error:
        raise ConfigurationError(
            N_(
                "There is no key file at {path}. Without it the register cannot be opened."
                " Put it back from its sealed copy."
            ),
            path=str(path),
        ) from error
    except OSError as error:
        raise ConfigurationError(
            N_("The key file {path} could not be read ({why})."),
            path=str(path),
            why=error.strerror,
        ) from error
    if mode & 0o077:
        raise ConfigurationError(
            N_("The key file {path} can be read by others ({mode}). Run: chmod 600 {path}"),
            path=str(path),
            mode=f"{mode:04o}",
        )
    if len(master) != LENGTH:
        raise ConfigurationError(
            N_(
                "The key file {path} is not a key: it must have {length} bytes. Put it back"
                " from its sealed copy."
            ),
            path=str(path),
            length=LENGTH,
        )
    return derive(master)


def derive(master: bytes) -> Keys:
    """The keys that follow from the master key, each by a label of its own."""
    return Keys(database=hkdf(master, _DATABASE), audit=hkdf(master, _AUDIT))


def hkdf(master: bytes, label: bytes, length: int = 32, salt: bytes = b"") -> bytes:
    """HKDF-SHA256 (RFC 5869)."""
    extracted = hmac.digest(salt or bytes(32), master, "sha256")
    expanded = block = b""
    counter = 1
    while len(expanded) < length:
        block = hmac.digest(extracted, block + label + bytes([counter]), "sha256")
        expanded += block
        counter += 1
    return expanded[:length]


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
