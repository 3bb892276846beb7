"""Which reasons two persons may sign against, and who goes in when they do.

The law's own bounds stay: nobody signs away that the prisoner is not here or does not want
the visit, that a child comes without an adult or has to be protected.
"""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.codes import ReasonCode
from kiosk.rules.decision import Decision

NOT_OVERRIDABLE = frozenset(
    {
        ReasonCode.NOT_IN_PRISON,
        ReasonCode.ALREADY_INSIDE,
        ReasonCode.DUPLICATE_TODAY,
        ReasonCode.NO_ADULT,
        ReasonCode.CHILD_PROTECTION,
        ReasonCode.INVALID_WEIGHT,
        ReasonCode.PRISONER_REFUSES,
    }
)


def let_in_by_two(decision: Decision, people: Sequence[str]) -> tuple[str, ...]:
    """Those of `people` (ids, all who asked, in their order) who go in by an override.

    Whoever has none but overridable reasons, those that concern everybody included. A child
    whom only the lack of an adult keeps out goes in with an adult who does. Empty: signing
    opens the gate to nobody more than the decision itself admits, and is not to be done.
    """
    standing = [reason for reason in decision.reasons if reason.code in NOT_OVERRIDABLE]
    alone = {reason.person for reason in standing if reason.code is ReasonCode.NO_ADULT}
    kept_out = {reason.person for reason in standing if reason.code is not ReasonCode.NO_ADULT}
    if None in kept_out:
        return ()
    # Where a child lacks an adult no adult was admitted: who is not alone is a grown-up.
    adults = [one for one in people if one not in kept_out | alone]
    if not adults:
        return ()
    admitted = tuple(one for one in people if one not in kept_out)
    return admitted if set(admitted) - set(decision.admitted) else ()
