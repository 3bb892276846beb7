"""Real parts for every test: an encrypted register of its own, a clock that stands still."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import hypothesis
import pytest

from kiosk.clock import FixedClock, milliseconds
from kiosk.keyfile import Keys, derive
from kiosk.models.database import Database, open_database
from kiosk.services.desk import Desk

# As in the picture worker: two threads that multiply small matrices wait for each other, and
# take twenty times the time of one. NumPy looks at this once, when it is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# What is drawn is the same everywhere, and a machine may be slow: as hypothesis has it of its
# own accord where it finds itself in CI.
hypothesis.settings.register_profile("gate", derandomize=True, deadline=None)
hypothesis.settings.load_profile("gate")

# A Friday morning in Bishkek (UTC+6).
MORNING = milliseconds(datetime(2026, 3, 6, 3, 30, tzinfo=UTC))


@pytest.fixture(scope="session")
def keys() -> Keys:
    return derive(bytes(range(32)))


@pytest.fixture(scope="session")
def empty_register(tmp_path_factory: pytest.TempPathFactory, keys: Keys) -> Path:
    """A register as it is right after its migrations; copied for each test."""
    path = tmp_path_factory.mktemp("register") / "gate.db"
    open_database(path, keys.database, create=True).close()
    return path


@pytest.fixture
def database(tmp_path: Path, empty_register: Path, keys: Keys) -> Iterator[Database]:
    """An open, empty, encrypted register."""
    path = tmp_path / "gate.db"
    shutil.copy(empty_register, path)
    shutil.copy(f"{empty_register}.head", f"{path}.head")
    database = open_database(path, keys.database)
    yield database
    database.close()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MORNING)


@pytest.fixture
def desk(clock: FixedClock, keys: Keys) -> Desk:
    """The post of gate 1 in prison 1."""
    return Desk(
        gate=1,
        prison="p1",
        site_name="Prison 1",
        zone=ZoneInfo("Asia/Bishkek"),
        clock=clock,
        audit_key=keys.audit,
    )


def pytest_collection_finish() -> None:
    """Ten thousand collected tests are looked through by each full collection of garbage: a
    pause of a fifth of a second, in the middle of what a test types as a reader would."""
    gc.collect()
    gc.freeze()
