"""The till on the glass: lines grow above, the entry line never moves, the weight between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from devices.scales.load import Load
from kiosk import wording
from kiosk.clock import local
from kiosk.codes import Allowed, GoodsClass, Inspection, ItemReason, Unit, Verdict
from kiosk.decimals import decimals, kilograms, short_kilograms
from kiosk.rules.bag import is_weighed, weighed
from kiosk.screens.goods import found_at_table
from kiosk.screens.goods.entry_questions import REASONS, SHOWN, Asks
from kiosk.screens.goods.till import Till
from kiosk.text import N_, _, fill, language
from kiosk.values.goods import Bag, BroughtLine, CatalogueEntry, JudgedLine
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import At, Line, at, cell, line, plain, shorten

_WIDTH = 80
_CODE, _ITEM, _UNIT, _VERDICT, _NOTE = 5, 9, 35, 46, 58
_QUANTITY_ENDS, _KILOGRAMS_END = 34, 44
_BAR, _BAR_WIDTH = 22, 36

_ASKED = {
    Asks.WHOLE_WEIGHT: N_("weight of the whole bag"),
    Asks.THING: N_("next line"),
    Asks.QUANTITY: N_("how much of it"),
    Asks.PAPER_NUMBER: N_("number of the document"),
    Asks.AMOUNT: N_("how much money"),
    Asks.WHY: N_("why it goes back"),
    Asks.LEFT_OUT: N_("weight of what is not accepted"),
    Asks.FOUND: N_("what was found"),
    Asks.FOUND_PIECES: N_("how many were found"),
    Asks.HIDDEN: N_("where it was hidden"),
}


_NO_WEIGHT = {
    Load.OVER: N_("too much for the scale"),
    Load.UNDER: N_("the scale shows less than nothing"),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the lines: from whom to whom, how many there may be, what to mind."""

    whom: str
    counted: str
    notices: tuple[str, ...] = ()


def lines_of(till: Till, heading: Heading, zone: ZoneInfo, now: int) -> list[Line]:
    """Rows 1 to 20. `now` in UTC ms."""
    options = _options(till)
    rows = SHOWN - max(0, len(options) - 1)
    table = _table(till, rows, zone, now)
    above = [*heading_lines(heading), *table, *options[:-1]]
    weights = [_weight_line(till), _apart_line(till.listed.bag)]
    entry = [_head(till), _entry_line(till), options[-1] if options else ()]
    return [*above, *weights, *entry]


def heading_lines(heading: Heading) -> list[Line]:
    counted = heading.counted
    return [
        line(
            at(1, shorten(heading.whom, _WIDTH - 4 - len(counted)), Ink.BOLD),
            at(_WIDTH - 1 - len(counted), counted),
        ),
        line(at(1, _fitting(heading.notices, "   ", _WIDTH - 2), Ink.WARN)),
    ]


def recorded_lines(till: Till, heading: Heading, zone: ZoneInfo, now: int) -> list[Line]:
    """The bag as it was recorded, without an entry line: rows 1 to 17."""
    table = _table(till, SHOWN, zone, now)
    return [*heading_lines(heading), *table, _weight_line(till), _apart_line(till.listed.bag)]


# ---- the lines of the bag


def _columns(above: int, below: int) -> Line:
    """`above` and `below` are how many lines the screen has no room for."""
    hidden = [f"{arrow}{count}" for arrow, count in (("↑", above), ("↓", below)) if count]
    return line(
        _ending(4, _("No"), Ink.HEAD),
        at(_CODE, _("cod"), Ink.HEAD),
        at(_ITEM, _("item"), Ink.HEAD),
        _ending(_QUANTITY_ENDS + 3, _("qty"), Ink.HEAD),
        _ending(_KILOGRAMS_END, _("kg"), Ink.HEAD),
        at(_VERDICT, _("verdict"), Ink.HEAD),
        at(_NOTE, _("note"), Ink.HEAD),
        _ending(_WIDTH - 1, " ".join(hidden), Ink.WARN),
    )


def _table(till: Till, rows: int, zone: ZoneInfo, now: int) -> list[Line]:
    """The heads of the columns; the last lines, or those around the one that is meant."""
    judged = till.listed.bag.lines
    shown = till.about if till.about is not None else till.focus
    first = max(0, len(judged) - rows)
    if shown is not None and shown < first:
        first = shown
    last = min(first + rows, len(judged))
    lines = [_columns(first, len(judged) - last)]
    lines += [_judged_line(n, judged[n], till, zone, now) for n in range(first, last)]
    return lines + [()] * (rows + 1 - len(lines))


def _judged_line(place: int, one: JudgedLine, till: Till, zone: ZoneInfo, now: int) -> Line:
    brought = one.line
    entry = brought.entry
    verdict, ink = _verdict(one)
    signed = till.listed.signed and till.listed.is_signed_for(place)
    note, note_ink = _note(one, zone, now)
    if signed and one.share(Verdict.REFUSE) is None and brought.verdict is Verdict.ACCEPT:
        note, note_ink = _("signed by another"), Ink.WARN
    code = entry.code_in(language()) if entry is not None else ""
    name = till.listed.name_of(place)
    parts = line(
        _ending(4, str(place + 1)),
        cell(_CODE, code, _ITEM - _CODE),
        cell(_ITEM, name, _QUANTITY_ENDS - _ITEM - 2),
        *_quantity(brought),
        _ending(_KILOGRAMS_END, _weighed(one)),
        at(_VERDICT, verdict, ink),
        cell(_NOTE, note, _WIDTH - _NOTE, note_ink),
    )
    if till.focus == place and till.asks is Asks.THING:
        return ((">" + plain(parts)[1:].ljust(_WIDTH - 1), Ink.FOCUS),)
    if till.about == place:
        return line(("> ", Ink.BOLD), *_without(parts, 2))
    return parts


def _without(drawn: Line, columns: int) -> Line:
    """The line without its first columns, which are blank."""
    first, *rest = drawn
    return ((first[0][columns:], first[1]), *rest)


def _quantity(brought: BroughtLine) -> list[At]:
    entry = brought.entry
    if brought.tyiyn is not None:
        return [_ending(_QUANTITY_ENDS, decimals(brought.tyiyn, 2)), at(_UNIT, _("som"))]
    if is_weighed(brought):
        return [
            _ending(_QUANTITY_ENDS, short_kilograms(brought.grams)),
            at(_UNIT, wording.label(Unit.KILOGRAM)),
        ]
    unit = wording.label(entry.unit if entry is not None else Unit.PIECE)
    return [_ending(_QUANTITY_ENDS, str(brought.pieces)), at(_UNIT, unit)]


def _weighed(one: JudgedLine) -> str:
    """What was weighed of it by itself."""
    known = [share.grams for share in one.shares if share.grams]
    return kilograms(sum(known)) if known else ""


def _verdict(one: JudgedLine) -> tuple[str, Ink]:
    kept = one.share(Verdict.ACCEPT)
    if kept is not None and len(one.shares) > 1:
        count = short_kilograms(kept.grams or 0) if is_weighed(one.line) else str(kept.pieces)
        return fill(_("ACCEPT {count}"), count=count), Ink.WARN
    match one.shares[0].verdict:
        case Verdict.ACCEPT:
            return _("accept"), Ink.PLAIN
        case Verdict.MEDICAL:
            return _("MEDICAL"), Ink.WARN
        case Verdict.SEIZE:
            return _("SEIZE"), Ink.BAD
        case Verdict.REFUSE:
            return _("RETURN"), Ink.WARN


def _note(one: JudgedLine, zone: ZoneInfo, now: int) -> tuple[str, Ink]:
    """Of what an officer has to mind, what counts most; the rest only where it fits."""
    room = _WIDTH - _NOTE - 1
    if one.asks_weight:
        return _("! to be weighed"), Ink.WARN
    brought = one.line
    if one.share(Verdict.SEIZE) is not None and brought.seized is not None:
        return f"{brought.seized.pieces} {wording.label(brought.seized.kind)}", Ink.BAD
    refused = one.share(Verdict.REFUSE)
    if refused is not None and refused.reason is ItemReason.OVER_LIMIT:
        over = kilograms(refused.grams or 0) if is_weighed(brought) else str(refused.pieces)
        return fill(_("over {count} → back"), count=over), Ink.WARN
    if refused is not None:
        return wording.label(refused.reason) if refused.reason else "", Ink.WARN
    if one.share(Verdict.MEDICAL) is not None:
        return _("not counted, doctor"), Ink.WARN
    if brought.paper_number:
        return fill(_("no. {number}"), number=brought.paper_number), Ink.PLAIN
    if brought.entry is None:
        return wording.label(ItemReason.NOT_LISTED), Ink.PLAIN
    return _fitting(_hints(brought.entry, zone, now), ", ", room), Ink.PLAIN


def _hints(entry: CatalogueEntry, zone: ZoneInfo, now: int) -> list[str]:
    """How it is looked into, until when it keeps, how much of it may come."""
    hints: list[str] = []
    if entry.inspection is not Inspection.LOOK:
        hints.append(wording.label(entry.inspection))
    if entry.perishable_hours is not None:
        until = local(now + entry.perishable_hours * 3_600_000, zone)
        hints.append(fill(_("until {time}"), time=_moment(until, local(now, zone))))
    if entry.allowed is Allowed.LIMITED:
        if entry.max_grams is not None and entry.unit is Unit.KILOGRAM:
            limit = short_kilograms(entry.max_grams)
            hints.append(fill(_("limit {count}"), count=limit))
        elif entry.max_pieces is not None:
            hints.append(fill(_("limit {count}"), count=entry.max_pieces))
    return hints


def _moment(at_time: datetime, now: datetime) -> str:
    return at_time.strftime("%H:%M" if at_time.date() == now.date() else "%d.%m")


# ---- the weight


def _weight_line(till: Till) -> Line:
    """The weight of the bag, what of it counts, and how far it fills what is left."""
    bag = till.listed.bag
    if bag.gross is None:
        listed = weighed(bag)
        said = _("not weighed yet")
        more = fill(_("listed by weight {number}"), number=kilograms(listed)) if listed else ""
        return line(at(1, said, Ink.WARN), at(_BAR, more))
    counts = bag.net if bag.net is not None else bag.gross - _apart(bag)
    whole = at(1, fill(_("weighs {number}"), number=kilograms(bag.gross)))
    if bag.left is None:
        return line(whole, at(_BAR, fill(_("accepted {number} kg"), number=kilograms(counts))))
    ink = Ink.BAD if counts > bag.left else Ink.GOOD
    share = 1.0 if bag.left <= 0 else min(1.0, max(0, counts) / bag.left)
    full = round(share * _BAR_WIDTH)
    of = fill(
        _("{number} of {left} kg"), number=kilograms(counts), left=kilograms(max(0, bag.left))
    )
    mark = "! " if counts > bag.left else ""
    return line(
        whole,
        at(_BAR, "█" * full + "░" * (_BAR_WIDTH - full), ink),
        _ending(_WIDTH - 1, mark + of, ink if mark else Ink.BOLD),
    )


def _apart(bag: Bag) -> int:
    return bag.returned + bag.medical + bag.seized


def _apart_line(bag: Bag) -> Line:
    parts = [
        fill(_("back {number}"), number=kilograms(bag.returned)),
        fill(_("to the doctor {number}"), number=kilograms(bag.medical)),
        fill(_("seized {number}"), number=kilograms(bag.seized)),
    ]
    to_weigh = sum(one.asks_weight for one in bag.lines)
    if to_weigh:
        parts.append(fill(_("to weigh: {count}"), count=to_weigh))
    said = _("bags and boxes count") if bag.gross is not None else ""
    return line(at(1, said), at(_BAR, _fitting(parts, "   ", _WIDTH - _BAR)))


# ---- the entry line


def _head(till: Till) -> Line:
    said = _(_ASKED[till.asks])
    if till.about is not None:
        said = f"{said}: {shorten(till.listed.name_of(till.about), 40)}"
    elif till.asks in (Asks.QUANTITY, Asks.PAPER_NUMBER, Asks.AMOUNT):
        said = f"{said}: {shorten(_name(till.entry, till.words), 40)}"
    return line((f"─ {said} ".ljust(_WIDTH, "─"), Ink.HEAD))


def _entry_line(till: Till) -> Line:
    looks_at_a_line = till.focus is not None and till.asks is Asks.THING
    cursor = (" ", Ink.PLAIN if looks_at_a_line else Ink.FOCUS)
    label, beside = _label(till), _beside(till)
    return line(
        at(1, "  " if looks_at_a_line else "> "),
        f"{label} ",
        (till.text, Ink.BOLD),
        cursor,
        "   ",
        shorten(beside, max(1, _WIDTH - 8 - len(label) - len(till.text))),
    )


def _label(till: Till) -> str:
    match till.asks:
        case Asks.WHOLE_WEIGHT | Asks.LEFT_OUT:
            return _("kg")
        case Asks.THING:
            return _("code")
        case Asks.QUANTITY:
            return wording.label(till.entry.unit if till.entry is not None else Unit.PIECE)
        case Asks.PAPER_NUMBER:
            return _("number")
        case Asks.AMOUNT:
            return _("som")
        case Asks.FOUND_PIECES:
            return wording.label(Unit.PIECE)
        case _:
            return _("digit")


def _beside(till: Till) -> str:
    """What the entry line would take, or what may be typed there."""
    match till.asks:
        case Asks.WHOLE_WEIGHT if till.text:
            return ""
        case Asks.WHOLE_WEIGHT | Asks.LEFT_OUT if till.scale.load is not Load.WITHIN:
            return "" if till.text else _(_NO_WEIGHT[till.scale.load])
        case Asks.WHOLE_WEIGHT if till.scale.grams is not None:
            return fill(_("on the scale {number}"), number=kilograms(till.scale.grams))
        case Asks.LEFT_OUT if not till.text and till.scale.taken_off:
            return fill(_("off the scale {number}"), number=kilograms(till.scale.taken_off))
        case Asks.THING if till.matches:
            return _about(till.matches[0])
        case Asks.THING if till.text.strip():
            return _("not in the catalogue")
        case Asks.THING if till.focus is not None:
            return till.listed.name_of(till.focus)
        case Asks.THING:
            return _("2-3 letters or a word")
        case Asks.QUANTITY | Asks.PAPER_NUMBER | Asks.AMOUNT if (
            till.about is not None and not till.text
        ):
            return fill(_("now {count}"), count=_amount(till.listed.lines[till.about]))
        case _:
            return ""


def _amount(brought: BroughtLine) -> str:
    if brought.tyiyn is not None:
        return decimals(brought.tyiyn, 2)
    if brought.paper_number:
        return brought.paper_number
    if is_weighed(brought):
        return short_kilograms(brought.grams)
    return str(brought.pieces)


def _about(entry: CatalogueEntry) -> str:
    """A thing of the catalogue with what holds for it."""
    parts = [f"{entry.code_in(language())}  {entry.name.in_language(language())}"]
    if entry.goods_class not in (GoodsClass.DOCUMENT, GoodsClass.MONEY):
        parts.append(wording.label(entry.unit))
    if entry.allowed is Allowed.FORBIDDEN:
        parts.append(wording.label(ItemReason.FORBIDDEN))
    elif entry.allowed is Allowed.LIMITED:
        grams = entry.max_grams if entry.unit is Unit.KILOGRAM else None
        limit = short_kilograms(grams) if grams is not None else entry.max_pieces
        parts.append(fill(_("limit {count}"), count=limit))
    elif entry.medical:
        parts.append(wording.label(Verdict.MEDICAL))
    return ", ".join(parts)


def _name(entry: CatalogueEntry | None, words: str) -> str:
    return words if entry is None else entry.name.in_language(language())


def _options(till: Till) -> list[Line]:
    """What digits choose, on as few rows as hold it; the last one stands below the entry."""
    match till.asks:
        case Asks.THING if len(till.matches) > 1:
            names = [one.name.in_language(language()) for one in till.matches[:9]]
            numbered = [f"{number} {name}" for number, name in enumerate(names, 1)]
            return [line(at(1, _fitting(numbered, "   ", _WIDTH - 2), Ink.DIM))]
        case Asks.WHY:
            words = [wording.label(one) for one in REASONS]
            numbered = [f"{number} {word}" for number, word in enumerate(words, 1)]
            return [line(at(1, _fitting(numbered, "   ", _WIDTH - 2)))]
        case Asks.FOUND:
            return _in_columns([wording.label(one) for one in found_at_table.KINDS])
        case Asks.HIDDEN:
            return _in_columns([wording.label(one) for one in found_at_table.PLACES])
        case _:
            return []


def _in_columns(words: Sequence[str]) -> list[Line]:
    """Four choices a row; the tenth is 0."""
    numbered = [f"{number % 10} {word}" for number, word in enumerate(words, 1)]
    rows = [numbered[first : first + 4] for first in range(0, len(numbered), 4)]
    drawn = [line(*(cell(1 + 20 * n, word, 20) for n, word in enumerate(row))) for row in rows]
    return [*drawn, ()]


# ---- the common part


def _fitting(parts: Iterable[str], between: str, width: int) -> str:
    """Those of the parts, the first ones first, that stand in `width` whole."""
    said = ""
    for part in parts:
        longer = f"{said}{between}{part}" if said else part
        if len(longer) <= width:
            said = longer
    return said


def _ending(column: int, text: str, ink: Ink = Ink.PLAIN) -> At:
    """Text whose last letter stands before `column`."""
    return at(max(0, column - len(text)), text, ink)
