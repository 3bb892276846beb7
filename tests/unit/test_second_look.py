"""Who looked a bag through: whoever works at the gate can be named, however many they are."""

from __future__ import annotations

from uuid import UUID

from kiosk.codes import Role, Sex
from kiosk.screens.goods.second_look import SecondLook
from kiosk.values import Officer


def look(count: int) -> SecondLook:
    return SecondLook(
        tuple(
            Officer(
                UUID(int=no), f"o{no}", f"Officer {no}", Sex.MALE, frozenset({Role.OFFICER})
            )
            for no in range(1, count + 1)
        )
    )


def test_each_of_many_officers_is_named_by_a_digit_after_as_many_f4_as_it_takes() -> None:
    asked, named = look(20), []
    for _page in range(3):
        for digit in "123456789":
            if (one := asked.named(digit)) is not None:
                named.append(one.login)
        asked.turn()
    assert named == [f"o{no}" for no in range(1, 21)]
    assert asked.named("1") == asked.officers[0]


def test_no_other_key_names_anybody() -> None:
    asked = look(3)
    assert not asked.are_more
    assert [asked.named(key) for key in ("0", "4", "x", "", "12", None)] == [None] * 6
