"""The short form of hostile names on papers; in full it is a command:

python -m tests.fuzz.papers --names 10000
"""

from __future__ import annotations

import pytest

from devices.printers.codepages import TextMode
from kiosk import printouts
from kiosk.codes import Template
from kiosk.papers import Body
from kiosk.roll import Roll
from tests.fuzz.papers import HARMLESS, Broken, Watch, filled, fuzz, kept, places

NAME = ("name",)


def test_no_hostile_name_steers_a_printer_or_overflows_a_paper() -> None:
    watch = Watch()
    fuzz(watch, names=20, seed=4)
    assert watch.papers == 20 * len(Template) * 2
    assert watch.rows > 100
    assert watch.drawn > 100


def test_every_paper_is_fuzzed_in_the_data_that_people_bring() -> None:
    assert {template for template in Template if places(template)} == set(Template)
    assert NAME in places(Template.BADGE)
    assert ("names", 0) in places(Template.REFUSAL)
    assert {("sender",), ("lines", 0, "name", "ky")} < set(places(Template.RECEIPT))
    assert not {("code",), ("admitted_at",), ("language",)} & set(places(Template.BADGE))


def test_a_printer_that_obeyed_a_name_would_be_found_out() -> None:
    """The check itself: a paper of two cuts is not the harmless one's."""

    class Obeying(Watch):
        def printed(self, template: Template, body: Body, roll: Roll) -> bytes:
            whole = super().printed(template, body, roll)
            return whole.replace(b"\x1dV\x01", b"\x1bd\x06\x1dV\x01")

    with pytest.raises(Broken, match="the commands"):
        Obeying().check(Template.BADGE, {NAME: HARMLESS}, Roll())


def test_a_lost_letter_would_be_found_out() -> None:
    asked = printouts.lay_out(filled(Template.BADGE, {NAME: "Өмүрбек"}), 48)
    assert kept("Өмүрбек", asked)
    assert not kept("Өмүрбеки", asked)


@pytest.mark.parametrize("mode", TextMode)
def test_a_plain_name_breaks_nothing(mode: TextMode) -> None:
    Watch().check(Template.BADGE, {NAME: "Асанова Айгүл"}, Roll(text_mode=mode))
