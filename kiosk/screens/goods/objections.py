"""What stands against a line of the bag: a sentence for the officer, a line to be signed."""

from __future__ import annotations

from kiosk import wording
from kiosk.codes import ItemReason, Verdict
from kiosk.decimals import kilograms
from kiosk.rules.bag import is_weighed, judge, to_be_signed
from kiosk.screens.goods.entry_questions import Heard
from kiosk.text import N_, language
from kiosk.values.goods import GoodsProposal, GoodsRequest, JudgedLine

_AS_LISTED = {
    ItemReason.FORBIDDEN: N_("Not allowed, goes back: {name}. 4 = seize it"),
    ItemReason.STOPPED: N_("Stopped for now by a restriction, goes back: {name}"),
    ItemReason.OVER_LIMIT: N_("Limit: {name}. Accepted {kept}, goes back {back}"),
    ItemReason.NOT_LISTED: N_("Not in the catalogue, goes back: {name}. 1 = accept it"),
}
_TO_BE_SIGNED = {
    ItemReason.FORBIDDEN: N_("Not allowed: {name}. F7 = a second person signs for it"),
    ItemReason.STOPPED: N_("Stopped: {name}. F7 = a second person signs for it"),
    ItemReason.OVER_LIMIT: N_("Limit: {name}. F7 = a second person signs for {back} more"),
}

_WHOLLY = {ItemReason.FORBIDDEN, ItemReason.STOPPED, ItemReason.NOT_LISTED}


def goes_back_unasked(judged: JudgedLine) -> bool:
    """Whether all of the line goes back because the catalogue or a restriction says so, and
    the officer has said nothing of it yet."""
    refused = judged.share(Verdict.REFUSE)
    return judged.line.verdict is None and refused is not None and refused.reason in _WHOLLY


def objection(judged: JudgedLine, *, to_be_signed: bool = False) -> Heard | None:
    """Why the line, or a part of it, goes back by itself; None where nothing does.

    `to_be_signed`: the officer wants it all the same.
    """
    line, refused = judged.line, judged.share(Verdict.REFUSE)
    if refused is None or refused.reason is None:
        return None
    sentence = (_TO_BE_SIGNED if to_be_signed else _AS_LISTED).get(refused.reason)
    if sentence is None:
        return None
    kept = judged.share(Verdict.ACCEPT)
    if is_weighed(line):
        values = {
            "kept": kilograms(kept.grams or 0) if kept else "0",
            "back": kilograms(refused.grams or 0),
        }
    else:
        values = {"kept": str(kept.pieces if kept else 0), "back": str(refused.pieces)}
    name = line.words if line.entry is None else line.entry.name.in_language(language())
    return Heard(sentence, {**values, "name": name})


def lines_to_sign(request: GoodsRequest, proposal: GoodsProposal) -> list[str]:
    """Each thing that the officer accepts and a second person has to sign for, and why."""
    room, gross = proposal.room.grams_left, request.gross_grams
    bag = judge(request.lines, gross, room, proposal.stopped, request.service)
    return [_to_sign(bag.lines[place]) for place in to_be_signed(bag)]


def _to_sign(judged: JudgedLine) -> str:
    heard, refused = objection(judged), judged.share(Verdict.REFUSE)
    if heard is None or refused is None or refused.reason is None:
        return ""
    return f"{heard.values['name']}: {wording.label(refused.reason)}"
