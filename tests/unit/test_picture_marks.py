"""A character that is damaged in a picture is told as a character of a field."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image

from devices.images.picture import opened
from devices.images.search import best_zone
from devices.mrz import Status
from devices.mrz.marks import Part, marks_of
from tests.unit.mrz_builder import ASANOVA
from tests.unit.printed import page, with_a_hole

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("line", "column", "part", "place"),
    [
        (0, 7, Part.DOCUMENT_NUMBER, 2),
        (0, 15, Part.PERSONAL_NUMBER, 0),
        (2, 4, Part.SURNAME, 4),
    ],
)
def test_the_character_that_is_worn_off_is_the_one_that_is_marked(
    line: int, column: int, part: Part, place: int
) -> None:
    file = io.BytesIO()
    worn = with_a_hole(page(ASANOVA.td1()), line=line, column=column)
    Image.fromarray(worn).save(file, "PNG")
    picture = opened(file.getvalue())
    assert picture is not None
    found = best_zone(picture, TODAY)
    assert found is not None
    document = found.document
    assert document.status is Status.REVIEW
    marks = marks_of(document)
    # Of the number the check digit found the digit, so that mark is one of a repair.
    assert {(mark.part, mark.places) for mark in marks} == {(part, (place,))}
