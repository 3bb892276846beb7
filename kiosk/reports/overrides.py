"""Who was let in against the rules: who asked, who signed, on what ground, against which."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk import wording
from kiosk.reports.table import Column, Report, Row, Writing
from kiosk.reports.things import thing
from kiosk.services import overrides
from kiosk.text import N_
from kiosk.values import Name


def _rows(writing: Writing) -> Iterator[Row]:
    asked, say = writing.asked, writing.translate
    for one in overrides.between(writing.desk, asked.from_day, asked.to_day):
        if asked.service not in (None, one.service):
            continue
        yield Row(
            (
                one.number,
                one.day,
                writing.clock(one.at),
                writing.names(map(_kept, one.visitors)),
                writing.name(_kept(one.prisoner)),
                one.file_number,
                wording.label(one.service, say),
                "; ".join(
                    [
                        *(wording.reason_line(reason, say) for reason in one.reasons),
                        *(thing(item, writing) for item in one.things),
                    ]
                ),
                wording.label(one.ground, say) if one.ground is not None else "",
                "" if asked.masked else one.words,
                one.asker,
                one.second,
            ),
            number=one.number,
        )


def _kept(name: Name) -> Name | None:
    return name if name.surname else None


OVERRIDES = Report(
    N_("OVERRIDES"),
    (
        Column(N_("number"), 11, 11),
        Column(N_("day"), 10, 10),
        Column(N_("hour"), 5),
        Column(N_("visitor"), 20, 15),
        Column(N_("prisoner"), 20),
        Column(N_("file no."), 9, 9),
        Column(N_("kind"), 13),
        Column(N_("reasons"), 26),
        Column(N_("ground"), 14),
        Column(N_("in words"), 20),
        Column(N_("asked"), 12, 12),
        Column(N_("signed"), 12, 12),
    ),
    _rows,
)
