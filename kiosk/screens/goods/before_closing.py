"""What is still to be weighed before a bag can be closed: the first of it, in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.decimals import kilograms
from kiosk.rules.bag import is_weightless, weighed
from kiosk.screens.goods.entry_questions import Asks, Heard
from kiosk.screens.goods.listed import Listed
from kiosk.text import N_


@dataclass(frozen=True, slots=True)
class Missing:
    """`asks` is the question to go to, `about` the line it is about."""

    heard: Heard
    asks: Asks = Asks.WHOLE_WEIGHT
    about: int | None = None


def first_missing(listed: Listed) -> Missing | None:
    """None when all was weighed that has to be, and the weights agree."""
    bag, place = listed.bag, listed.unweighed
    if bag.gross is None and not all(map(is_weightless, listed.lines)):
        return Missing(
            Heard(N_("The bag was not weighed yet. Weigh it, or type its weight."), {})
        )
    if place is not None:
        name = listed.name_of(place)
        said = Heard(N_("Not weighed yet: {name}"), {"name": name})
        return Missing(said, Asks.LEFT_OUT, place)
    if bag.net is not None and weighed(bag) > bag.net:
        sentence = N_("The things weigh more than the bag: {things}. Weigh the bag anew.")
        return Missing(Heard(sentence, {"things": kilograms(weighed(bag))}))
    return None
