"""The register of refusals: who, to whom, every reason in words and with its rule."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk import wording
from kiosk.reports.table import Column, Report, Row, Writing, shown
from kiosk.reports.things import things
from kiosk.rules.decision import Reason
from kiosk.services import refusal_register
from kiosk.text import N_
from kiosk.values.reports import RefusalEntry


def _rows(writing: Writing) -> Iterator[Row]:
    asked, say = writing.asked, writing.translate
    for refusal in refusal_register.refusals(
        writing.desk, asked.from_day, asked.to_day, asked.service
    ):
        laws = dict.fromkeys(
            [
                *(_rule(reason.rule, reason.legal_ref, writing) for reason in refusal.reasons),
                *(
                    _rule(one.rule, one.legal_ref, writing)
                    for one in refusal.things
                    if one.rule
                ),
            ]
        )
        yield Row(
            (
                refusal.number,
                refusal.day,
                writing.names(name for _id, name in refusal.visitors),
                writing.name(refusal.prisoner),
                refusal.file_number,
                wording.label(refusal.service, say),
                "; ".join(_reason(refusal, reason, writing) for reason in refusal.reasons)
                or things(refusal.things, writing),
                "; ".join(laws),
                refusal.officer,
                refusal.next_day,
                writing.say(N_("void")) if refusal.is_void else "",
            ),
            prisoner_id=refusal.prisoner_id,
        )


def _reason(refusal: RefusalEntry, reason: Reason, writing: Writing) -> str:
    """With the name of whom it concerns, where it does not concern all."""
    said = wording.reason_line(reason, writing.translate)
    if reason.person is None or len(refusal.visitors) == 1:
        return said
    names = {str(person_id): shown(writing.name(name)) for person_id, name in refusal.visitors}
    return f"{names[reason.person]}: {said}" if reason.person in names else said


def _rule(rule: str, legal_ref: str, writing: Writing) -> str:
    law = wording.law(legal_ref, writing.translate) if legal_ref else ""
    return f"{rule}: {law}" if law else rule


REFUSALS = Report(
    N_("REGISTER OF REFUSALS"),
    (
        Column(N_("number"), 11, 11),
        Column(N_("day"), 10, 10),
        Column(N_("visitor"), 20, 24),
        Column(N_("prisoner"), 20),
        Column(N_("file no."), 9, 9),
        Column(N_("kind"), 13),
        Column(N_("reasons"), 34),
        Column(N_("rules"), 30),
        Column(N_("officer"), 12),
        Column(N_("free from"), 10, 14),
        Column(N_("remark"), 8),
    ),
    _rows,
)
