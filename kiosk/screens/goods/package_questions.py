"""What row 21 asks while a bag is listed: the keys that answer, the usual one first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kiosk.decimals import kilograms
from kiosk.screens.goods.entry_questions import Asks
from kiosk.screens.goods.till import Till
from kiosk.text import N_

if TYPE_CHECKING:
    from kiosk.screens.goods.package import Package

Question = tuple[str, Mapping[str, object]]
"""A msgid and its values."""

_ASKED = {
    Asks.QUANTITY: N_("How much is there?  Enter = right   Esc = another thing"),
    Asks.PAPER_NUMBER: N_(
        "Its number, as it stands on it   Enter = right   Esc = another thing"
    ),
    Asks.AMOUNT: N_("How much money, in som?  Enter = right   Esc = another thing"),
    Asks.WHY: N_("Why does it go back?  a digit   Esc = it does not"),
    Asks.FOUND: N_("What was found?  a digit; all of it is told later   Esc = back"),
    Asks.FOUND_PIECES: N_("How many were found?  Enter = right   Esc = back"),
    Asks.HIDDEN: N_("Where was it hidden?  a digit   Esc = back"),
}


def question_of(package: Package, till: Till) -> Question:
    """What is asked where the bag of `till` stands on the screen of the package."""
    listed, recorded, refused, look = (
        till.listed,
        package.recorded,
        package.refused,
        package.look,
    )
    if recorded is not None and recorded.finds:
        return N_(
            "Enter = menu, or scan the next person   7 the act of the find   F5 a copy"
        ), {}
    if recorded is not None:
        return N_("Enter = menu, or scan the next person   F5 a copy"), {}
    if refused is not None and listed.is_empty:
        return N_("Enter = refuse, the notice prints   F7 override   Esc = back"), {}
    if refused is not None and package.is_barred:
        return N_("Enter = refuse all of it   F7 override   Esc = back"), {}
    if refused is not None:
        return N_("Enter = refuse all of it   F7 override   Esc = take something out"), {}
    if look is not None and look.are_more:
        return N_("Another officer looked it through: digit   F4 = others   Esc = back"), {}
    if look is not None:
        return N_("Another officer looked it through: the digit   Esc = back"), {}
    if package.removing and till.meant is not None:
        name = listed.name_of(till.meant)[:24]
        return N_("Take out: {name}?  Enter = yes   8 = the whole bag   Esc"), {"name": name}
    if package.removing:
        return N_("Drop this bag, record nothing?  Enter = drop   Esc = keep"), {}
    return _asked_at_the_till(till)


def _asked_at_the_till(till: Till) -> Question:
    asks, bag = till.asks, till.listed.bag
    if till.barred is not None and asks is Asks.LEFT_OUT:
        return N_("F7 = a second person signs   or its weight, Enter: it goes back"), {}
    if till.barred is not None:
        return N_("F7 = a second person signs   or the next thing, it goes back"), {}
    if asks is Asks.WHOLE_WEIGHT:
        if till.scale.grams is not None:
            return N_("The whole bag: Enter = as the scale says, or type it   Esc = back"), {}
        return N_("The weight of the whole bag, then Enter   F4 = as last time   Esc"), {}
    if asks is Asks.LEFT_OUT:
        if till.scale.taken_off:
            return N_("Not accepted: Enter = what went off the scale, or type it   Esc"), {}
        return N_("Not accepted: take it off the scale, Enter; or type its weight   Esc"), {}
    if asks is not Asks.THING:
        return _ASKED[asks], {}
    if till.text:
        return N_("Enter = this thing   a digit = that one   Esc = erase"), {}
    if not till.listed.lines:
        return N_("Code or word, then Enter   F4 = as last time   0 = weigh   Esc = back"), {}
    if till.focus is not None:
        return N_("This line: 1 accept 2 return 3 doctor 4 seize   Enter = how much   F8"), {}
    if till.last_is_to_be_weighed:
        return N_("Last line: Enter = weigh it   1 accept 2 return 3 doctor 4 seize   ↑"), {}
    net = bag.net
    if net is None:
        return N_("F2 = close   last line: 1 accept 2 return 3 doctor 4 seize   ↑ line"), {}
    return (
        N_("F2 = close, {weight} kg   line: 1 accept 2 return 3 doctor 4 seize   ↑"),
        {"weight": kilograms(net)},
    )
