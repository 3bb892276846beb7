"""Everything that can go wrong in front of an officer, as one tree.

    KioskError                 carries a sentence: what happened, what was kept, what to do
    ├── ConfigurationError     config.toml, the key file: nothing starts (exit 78)
    ├── AlreadyRunning         another kiosk holds the register (exit 75)
    ├── StorageError           the database cannot be opened or written; nothing was saved
    │   ├── WrongKey           the key file does not open this database
    │   ├── NewerDatabase      written by a later Gatebook
    │   ├── DamagedDatabase    a check of the file or of its triggers failed
    │   └── DiskFull           the disk has no room left
    └── Refused                a guard said no; nothing was written (exit 3)
        ├── SignInRefused      unknown login, wrong passphrase, or too many tries
        ├── NotAllowed         this officer's roles do not cover it
        ├── ClockJumped        the clock is ahead of the time that passed; nobody confirmed it
        ├── Invalid            a value that cannot be recorded; names the field
        ├── DecisionChanged    the answer inside the transaction differs from the one shown
        ├── AlreadyDone        the same case was recorded before; carries its number
        ├── AlreadyInside      the person is inside by another visit
        └── NotFound           no such badge, prisoner, person or paper

A sentence is a msgid of the catalogues with `{name}` places; `values` fill them. It is
translated where it is shown, never where it is raised.
"""

from __future__ import annotations


class KioskError(Exception):
    """`sentence` is a msgid; `values` fill its places."""

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values

    def __str__(self) -> str:
        return self.sentence.format(**self.values)


class ConfigurationError(KioskError):
    pass


class AlreadyRunning(KioskError):
    pass


class StorageError(KioskError):
    pass


class WrongKey(StorageError):
    pass


class NewerDatabase(StorageError):
    pass


class DamagedDatabase(StorageError):
    pass


class DiskFull(StorageError):
    pass


class Refused(KioskError):
    pass


class SignInRefused(Refused):
    pass


class NotAllowed(Refused):
    pass


class ClockJumped(Refused):
    pass


class Invalid(Refused):
    """`field` names the field of the form the sentence is about."""

    def __init__(self, field: str, sentence: str, **values: object) -> None:
        super().__init__(sentence, **values)
        self.field = field


class DecisionChanged(Refused):
    pass


class AlreadyDone(Refused):
    """`number` is the one the case bears, like V-26-004512."""

    def __init__(self, number: str, sentence: str, **values: object) -> None:
        super().__init__(sentence, number=number, **values)
        self.number = number


class AlreadyInside(Refused):
    pass


class NotFound(Refused):
    pass
