"""The deposit tag: one half hangs on the things, the other is the visitor's until the way out.

Both halves say the same facts, for each is proof against the other. No name stands on them:
whoever finds a half learns a number.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk import paper_code
from kiosk.papers import TagBody
from kiosk.printouts.layout import (
    BOTH_HALVES,
    Align,
    Barcode,
    Blank,
    Cut,
    Element,
    Halves,
    Line,
    Terms,
)
from kiosk.printouts.words import (
    Languages,
    copy_mark,
    each,
    for_visitor,
    moment,
    money,
    signature,
    thing,
)
from kiosk.text import N_


def elements(tag: TagBody, columns: int) -> Iterator[Element]:
    """The tag for a roll of `columns`: side by side where half a roll holds a barcode."""
    languages = for_visitor(tag)
    kept = tuple(_half(tag, N_("DEPOSIT"), languages))
    taken = (*_half(tag, N_("FOR THE VISITOR"), languages), signature(languages))
    if columns < BOTH_HALVES:
        bars = Barcode(tag.code, caption=paper_code.shown(tag.code))
        yield Halves((*kept, bars), (*taken, Blank(), bars))
    else:
        caption = Line(paper_code.shown(tag.code), Align.CENTER)
        yield Halves(kept, taken)
        yield Halves((caption,), (caption,))
        yield Barcode(tag.code, align=Align.LEFT)
        yield Barcode(tag.code, align=Align.RIGHT)
    yield Cut()


def _half(tag: TagBody, whose: str, languages: Languages) -> Iterator[Element]:
    yield Line(tag.site_name, Align.CENTER, rows=2)
    yield Terms(each(whose, languages), align=Align.CENTER)
    yield Line(" ".join(tag.tag), Align.CENTER, bold=True, tall=True)
    yield from copy_mark(tag, languages)
    yield Line(moment(tag.left_at), Align.CENTER)
    yield Line(tag.badge, Align.CENTER)
    for left in tag.things:
        yield Terms(thing(left.name, languages), str(left.pieces))
    if tag.money:
        yield Line(money(tag.money, languages))
