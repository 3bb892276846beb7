"""The zones that are pictured are true to Doc 9303, and the parser agrees with each of them."""

from __future__ import annotations

import random

import pytest

from devices.mrz import Status, parse
from tests.pictures.holders import TODAY, printed
from tests.pictures.readers import fields_of
from tests.pictures.zones import Layout, Printed, check_digits_hold, fields, zone

ERIKSSON = Printed(
    layout=Layout.TD3,
    code="P",
    issuer="UTO",
    number="L898902C3",
    nationality="UTO",
    birth="740812",
    sex="F",
    expiry="120415",
    optional="ZE184226B",
    optional2="",
    surname="ERIKSSON",
    given="ANNA<MARIA",
)


def test_the_specimen_of_doc_9303_part_4_is_written_as_printed_there() -> None:
    assert zone(ERIKSSON) == (
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    )


@pytest.mark.parametrize("layout", Layout)
def test_every_made_up_document_closes_and_is_read_as_it_was_meant(layout: Layout) -> None:
    for number in range(200):
        lines = zone(printed(random.Random(f"{layout}/{number}"), layout))
        document = parse(lines, TODAY)
        assert check_digits_hold(lines), lines
        assert fields_of(document) == fields(lines), lines
        assert document.status is Status.OK, lines


def test_a_check_digit_that_does_not_fit_is_noticed() -> None:
    upper, lower = zone(ERIKSSON)
    for column in (9, 19, 27, 42, 43):
        other = str((int(lower[column]) + 1) % 10)
        assert not check_digits_hold((upper, lower[:column] + other + lower[column + 1 :]))
