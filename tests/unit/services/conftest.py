"""The gatehouse of each test; whatever happened in it, its register must be whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.clock import FixedClock
from kiosk.models.database import Database
from kiosk.services.desk import Desk

from .gatehouse import Gatehouse, open_gatehouse


@pytest.fixture
def gatehouse(database: Database, desk: Desk, clock: FixedClock) -> Iterator[Gatehouse]:
    """An open gatehouse. After every story its chain, seals and caches are verified."""
    gatehouse = open_gatehouse(database, desk, clock)
    yield gatehouse
    gatehouse.must_be_whole()
