"""The slip that closes a shift: what it registered, what stays open, and the audit code.

The prison's own paper, so it is in the site's first language alone. The audit code is the head
of the register's chain: written by hand into the shift book, it lets anyone prove later that
nothing before this minute was changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.codes import Series
from kiosk.papers import ClosingBody
from kiosk.printouts.layout import Align, Blank, Element, Line, Pair, Rule
from kiosk.printouts.words import Languages, each, foot, for_prison, head, moment
from kiosk.text import N_, in_language

SERIES = {
    Series.VISIT: N_("Visits"),
    Series.PACKAGE: N_("Packages and parcels"),
    Series.REFUSAL: N_("Refusals"),
    Series.FIND: N_("Finds"),
    Series.TICKET: N_("Queue tickets"),
}
YES_NO = {True: N_("yes"), False: N_("NO")}
HOOKS_A_ROW = 5


def elements(slip: ClosingBody) -> Iterator[Element]:
    """The slip as it stands on a roll of any width."""
    languages = for_prison(slip)
    say = in_language(languages[0])
    yield from head(slip, each(N_("END OF SHIFT"), languages), slip.closed_at, languages)
    yield Pair(say(N_("Gate")), str(slip.gate))
    yield Pair(say(N_("Since")), moment(slip.opened_at))
    yield Rule()
    for series in slip.series:
        yield Pair(say(SERIES[series.series]), str(series.count), bold=True)
        if series.count:
            yield Line(f"{series.first} - {series.last}", start=2)
    yield Rule()
    for label, count in _counts(slip):
        yield Pair(say(label), str(count))
    yield from _kept(slip, languages)
    yield Pair(say(N_("Numbers without a gap")), say(YES_NO[slip.numbers_are_whole]))
    yield Rule()
    yield Pair(say(N_("Audit entries")), str(slip.audit_entries))
    yield Line(f"{slip.audit_first} - {slip.audit_last}", start=2)
    yield Line(say(N_("AUDIT CODE")), Align.CENTER, bold=True)
    # Two rows of two groups: in wide letters four have no room on a 58 mm roll.
    for half in halves(slip.audit_head):
        yield Line(half, Align.CENTER, bold=True, tall=True, wide=True)
    yield Line(say(N_("Write this code into the shift book by hand.")), Align.CENTER)
    yield Blank()
    yield Pair(f"{say(N_('Handed over'))}: {slip.officer}", "____________")
    yield Pair(f"{say(N_('Taken over'))}:", "____________")
    yield from foot(slip)


def _counts(slip: ClosingBody) -> Iterator[tuple[str, int]]:
    yield N_("Admitted"), slip.admitted
    yield N_("Refused"), slip.refused
    yield N_("Void"), slip.voided
    yield N_("Overrides"), slip.overrides
    yield N_("Copies printed"), slip.copies
    yield N_("Still inside"), slip.inside


def _kept(slip: ClosingBody, languages: Languages) -> Iterator[Element]:
    """What stays at the gate overnight; nothing of what it does not keep."""
    say = in_language(languages[0])
    if slip.deposits is not None:
        yield Pair(say(N_("Deposits not given back")), str(len(slip.deposits)))
        for some in range(0, len(slip.deposits), HOOKS_A_ROW):
            hooks = slip.deposits[some : some + HOOKS_A_ROW]
            yield Line(f"№ {', '.join(hooks)}", start=2, indent=4)
    if slip.stored is not None:
        yield Pair(say(N_("In storage")), str(slip.stored))
    if slip.stored_too_long is not None:
        yield Pair(say(N_("In storage too long")), str(slip.stored_too_long))


def halves(audit_head: str) -> Iterator[str]:
    """7F3A 91C4 and 0B6E D258: as it is copied by hand without losing the place."""
    digits = "".join(audit_head.split()).upper()
    for at in range(0, len(digits), 8):
        yield f"{digits[at : at + 4]} {digits[at + 4 : at + 8]}".rstrip()
