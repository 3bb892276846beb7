"""What row 21 asks on Arrival: every key that acts, the usual answer first."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.codes import Outcome
from kiosk.doubts import COMPARE
from kiosk.screens import cards
from kiosk.screens.arrival_lines import Asked
from kiosk.screens.visiting import Visitor
from kiosk.text import N_


def before(asked: Asked) -> str:
    """Of a case that is not settled (msgid)."""
    decision = asked.proposal.decision
    if decision.outcome is Outcome.PARTLY:
        return N_("Enter = admit, refuse the rest  ↑↓ one  2 package  8 take out  7 add")
    if decision.passes and asked.is_group:
        return N_("Enter = admit  ↑↓ one person  2 package  8 take out  4 kind  7 add")
    if decision.passes:
        return N_("Enter = admit   1 card   2 package   3 prisoner   4 kind   7 add")
    if asked.is_group:
        return N_("Enter = refuse all  ↑↓ one  2 package  8 take out  F7 override")
    return N_("Enter = refuse  1 card  2 package  3 prisoner  4 kind  7 add  F7 override")


def comparing(doubtful: Visitor) -> tuple[str, Mapping[str, object]]:
    """Of a document that an officer has to compare (msgid, values)."""
    personal = doubtful.card.personal_number
    if personal and COMPARE in [doubt.sentence for doubt in doubtful.doubts]:
        return (
            N_("Is the PIN on the card {number}?  Enter = yes   F6 = scan again"),
            {"number": cards.grouped(personal)},
        )
    return N_("Does the document agree with the screen?  Enter = yes   Esc = no"), {}


def afterwards(*, to_the_search: bool, demo: bool) -> str:
    """Of a case that is settled (msgid)."""
    if to_the_search:
        return N_("Enter = deposit and search   2 a package   F5 a copy   Esc = menu")
    if demo:
        return N_("Scan the next person   2 a package   8 the paper   Esc = menu")
    return N_("Scan the next person   2 a package   F5 a copy   Esc = menu")
