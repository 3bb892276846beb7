"""The register of finds: what, where hidden, on which way, with whom, the act, who got it."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk import wording
from kiosk.reports.table import Column, Report, Row, Writing
from kiosk.reports.things import found, money
from kiosk.services.goods import find_register
from kiosk.text import N_
from kiosk.values.goods_reports import FindEntry


def _rows(writing: Writing) -> Iterator[Row]:
    asked, say = writing.asked, writing.translate
    for one in find_register.finds(writing.desk, asked.from_day, asked.to_day):
        hidden = dict.fromkeys(wording.label(thing.hidden_in, say) for thing in one.things)
        yield Row(
            (
                one.number,
                one.day,
                writing.clock(one.at),
                "; ".join(found(thing, writing) for thing in one.things),
                "; ".join(hidden),
                wording.label(one.channel, say),
                one.case_number,
                writing.name(one.person) if one.person is not None else "",
                writing.name(one.prisoner) if one.prisoner is not None else "",
                one.file_number,
                one.found_by,
                _act(one, writing),
                say(one.article) if one.article else "",
                money(one.fine_tyiyn, writing) if one.fine_tyiyn is not None else "",
                wording.label(one.passed_to, say) if one.passed_to is not None else "",
            ),
            find_id=one.find_id,
        )


def _act(one: FindEntry, writing: Writing) -> str:
    if one.taken_back:
        return writing.say(N_("taken back"))
    return one.act_no or writing.say(N_("not finished"))


FINDS = Report(
    N_("REGISTER OF FINDS"),
    (
        Column(N_("number"), 11, 11),
        Column(N_("day"), 10, 10),
        Column(N_("hour"), 5),
        Column(N_("found"), 20, 22),
        Column(N_("hidden"), 14, 14),
        Column(N_("on which way"), 13),
        Column(N_("case"), 11),
        Column(N_("person"), 18),
        Column(N_("prisoner"), 18),
        Column(N_("file no."), 9),
        Column(N_("found by"), 12),
        Column(N_("act"), 10, 12),
        Column(N_("article"), 14),
        Column(N_("fine, som"), 8),
        Column(N_("passed to"), 11),
    ),
    _rows,
)
