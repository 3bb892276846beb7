"""The register of packages and parcels: who sent what to whom, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from kiosk import wording
from kiosk.clock import local
from kiosk.codes import CaseState, MedicalFate, Verdict
from kiosk.reports.table import Column, Report, Row, Writing
from kiosk.reports.things import things
from kiosk.services.goods import package_register
from kiosk.text import N_
from kiosk.values.goods_reports import PackageEntry

_STATES: Mapping[CaseState, str] = {
    CaseState.INSPECTED: N_("being recorded"),
    CaseState.STORED: N_("in the storage"),
    CaseState.HANDED_OVER: N_("handed over {when}"),
    CaseState.TO_RETURN: N_("to go back: {reason}"),
    CaseState.REFUSED: N_("refused"),
    CaseState.FORWARDED: N_("forwarded {when}"),
    CaseState.VOID: N_("void"),
}


def _rows(writing: Writing) -> Iterator[Row]:
    asked, say = writing.asked, writing.translate
    for one in package_register.packages(
        writing.desk, asked.from_day, asked.to_day, asked.service
    ):
        taken = [item for item in one.items if item.verdict is Verdict.ACCEPT]
        yield Row(
            (
                one.number,
                one.day,
                writing.name(one.sender),
                writing.name(one.prisoner),
                one.file_number,
                wording.label(one.service, say),
                one.gross_grams,
                one.net_grams,
                things(taken, writing),
                _others(one, writing),
                one.officer,
                _outcome(one, writing),
            ),
            parcel_id=one.case_id,
        )


def _others(one: PackageEntry, writing: Writing) -> str:
    """What did not go to the prisoner, by what was decided."""
    parts = []
    for verdict in (Verdict.MEDICAL, Verdict.REFUSE, Verdict.SEIZE):
        those = [item for item in one.items if item.verdict is verdict]
        # What became of medicine says more than for whom it was.
        fates = dict.fromkeys(item.medical for item in those)
        for fate in fates:
            label = wording.label(fate or verdict, writing.translate)
            alike = [item for item in those if item.medical is fate]
            parts.append(f"{label}: {things(alike, writing)}")
    return "; ".join(parts)


def _outcome(one: PackageEntry, writing: Writing) -> str:
    at = one.handed_over_at or one.ended_at
    when = f"{local(at, writing.desk.zone):%d.%m.%Y %H:%M}" if at is not None else ""
    reason = wording.label(one.reason, writing.translate) if one.reason is not None else ""
    if one.state is CaseState.CLOSED:
        state = N_("handed over {when}") if one.handed_over_at else N_("returned {when}")
        if not one.handed_over_at and one.reason is None:
            state = _without_handover({item.medical for item in one.items})
    elif one.state is CaseState.TO_RETURN and one.reason is None:
        handed = one.handed_over_at is not None
        back = N_("medicine to go back")
        state = N_("handed over {when}; medicine to go back") if handed else back
    else:
        state = _STATES[one.state]
    said = writing.say(state, when=when, reason=reason)
    signed = writing.say(N_("by an override, signed by a second person"))
    return f"{said}; {signed}" if one.overridden else said


def _without_handover(medical: Collection[MedicalFate | None]) -> str:
    if MedicalFate.TAKEN in medical:
        return N_("to the medical unit {when}")
    if MedicalFate.RETURNED in medical:
        return N_("returned {when}")
    # Corrections took all of it out: it spoiled, or was seized.
    return N_("none left {when}")


PACKAGES = Report(
    N_("REGISTER OF PACKAGES"),
    (
        Column(N_("number"), 11, 11),
        Column(N_("day"), 10, 10),
        Column(N_("sender"), 19, 15),
        Column(N_("prisoner"), 19),
        Column(N_("file no."), 9, 9),
        Column(N_("kind"), 12),
        Column(N_("gross, g"), 8),
        Column(N_("net, g"), 7, 8),
        Column(N_("accepted"), 34),
        Column(N_("not accepted"), 26),
        Column(N_("officer"), 12),
        Column(N_("outcome"), 16, 19),
    ),
    _rows,
)
