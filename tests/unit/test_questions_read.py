"""Questions that must be read: which keys wait until the officer can have read them."""

from __future__ import annotations

from uuid import UUID

import pytest

from kiosk.codes import CaseState
from kiosk.screens.goods.handover import Handover
from kiosk.values.goods import Scanned


@pytest.mark.parametrize(("sentence", "must_be_read"), [("", False), ("Twice?", True)])
def test_what_is_odd_about_a_label_is_read_before_its_parcel_is_handed_over(
    sentence: str, must_be_read: bool
) -> None:
    screen = Handover()
    screen.scanned = Scanned(
        UUID(int=1), "P-26-000001", CaseState.STORED, ready=True, sentence=sentence
    )
    assert screen.consequence is must_be_read
    assert screen.answers("f2", None)
    assert screen.answers("8", "8")
    assert not screen.answers("escape", None)
    screen.done = True
    assert not screen.consequence
