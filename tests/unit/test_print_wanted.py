"""Which printer and which roll a sample is printed for."""

from __future__ import annotations

from kiosk.codes import Template
from kiosk.config import parse
from kiosk.roll import Roll
from kiosk.support.printing import Wanted

SETTINGS = parse(
    """
[printer]
columns = 42
text_mode = "glyphs"
[second_printer]
paper = "58"
"""
)


def test_a_sample_is_for_the_first_printer_as_it_is_configured() -> None:
    printer = Wanted(Template.BADGE).settings(SETTINGS)
    assert printer is SETTINGS.printer
    assert Wanted(Template.BADGE, paper="80").settings(SETTINGS) is printer


def test_another_roll_has_the_columns_of_its_width_and_the_same_letters() -> None:
    printer = Wanted(Template.BADGE, paper="58").settings(SETTINGS)
    assert Roll.of(printer).columns == 32
    assert printer.text_mode == "glyphs"


def test_the_second_printer_has_a_roll_of_its_own() -> None:
    printer = Wanted(None, "second_printer").settings(SETTINGS)
    assert Roll.of(printer).columns == 32
