"""The prison of all these tests, founded once; each test works on a copy of its register."""

from __future__ import annotations

import pytest

from tests.invariants.prison import Prison, founded


@pytest.fixture(scope="session")
def first_morning(tmp_path_factory: pytest.TempPathFactory) -> Prison:
    return founded(tmp_path_factory.mktemp("founded"))
