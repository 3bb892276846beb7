"""A query is written down once, and answers for lists of any length."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from kiosk.models import Staff
from kiosk.services.prepared import Prepared

from .gatehouse import Gatehouse


@pytest.mark.parametrize("strangers", [0, 1, 40])
def test_a_list_of_any_length_is_asked_by_the_same_query(
    gatehouse: Gatehouse, strangers: int
) -> None:
    written: list[object] = []

    def write(ids: Any, login: Any) -> Any:
        written.append(ids)
        return Staff.select(Staff.name).where(Staff.staff_id.in_(ids), Staff.login != login)

    ask = Prepared(write)
    others = [uuid4() for _ in range(strangers)]
    mine = [gatehouse.officer.staff_id, *others]
    assert gatehouse.ask(lambda _desk: ask([], "nobody")) == []
    assert [row.name for row in gatehouse.ask(lambda _desk: ask(mine, "nobody"))] == [
        gatehouse.officer.name
    ]
    assert gatehouse.ask(lambda _desk: ask(others, "nobody")) == []
    assert len(written) == 1
