"""What becomes of each thing in a bag, and what the bag weighs then.

Readings that the rules left open: a limit of the catalogue is one of the whole bag, so lines of
one thing are counted together, in their order; what goes back, to the doctor or into a find
takes nothing of it. An officer who accepts a thing accepts as much as its limit; more of it,
and what is forbidden or stopped, passes only where a second person signed. Nor does that reach
the doctor, whoever says so, unless the catalogue knows it as medicine. A document and money
weigh nothing by themselves. In a medical package everything is for the doctor, who alone judges
how much of it, and none of it has to be weighed by itself. Where nothing but medicine stays,
the bag it came in goes with it, unless that weighs more than the medicine: then something was
not listed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from kiosk.codes import Allowed, GoodsClass, ItemReason, Service, Unit, Verdict
from kiosk.values.goods import Bag, BroughtLine, CatalogueEntry, JudgedLine, Share, StoppedClass

# What no scale is asked about.
WEIGHTLESS = frozenset({GoodsClass.DOCUMENT, GoodsClass.MONEY})
# What lies in a safe, apart from the bag that it came in.
FOR_THE_SAFE = WEIGHTLESS | {GoodsClass.VALUABLE}
# What an officer alone never accepts: it passes by a second person's signature only.
SIGNED_FOR = frozenset({ItemReason.FORBIDDEN, ItemReason.STOPPED})

STAYS = (Verdict.ACCEPT, Verdict.MEDICAL)


def judge(
    lines: Sequence[BroughtLine],
    gross: int | None,
    room_left: int | None,
    stopped: Iterable[StoppedClass] = (),
    service: Service = Service.PACKAGE,
    *,
    signed: bool = False,
) -> Bag:
    """What becomes of every line, and the net weight.

    `gross` is the weight of all of it (grams; None: not weighed yet), `room_left` what the
    rules leave for it (None: no limit), `stopped` the classes that a restriction refuses now.
    `signed`: a second person stands for what the officer accepts against these or the
    catalogue. The net weight is what the weights say, also where they contradict each other:
    then it is negative.
    """
    table = _Table({one.goods_class: one for one in stopped}, service, signed)
    taken: dict[UUID, int] = defaultdict(int)
    judged = tuple(_judged(line, table, taken) for line in lines)
    returned, medical, seized = (
        _grams(judged, verdict) for verdict in (Verdict.REFUSE, Verdict.MEDICAL, Verdict.SEIZE)
    )
    net: int | None = None
    if gross is not None and not any(one.asks_weight for one in judged):
        if table.all_medical:
            medical = gross - returned - seized
        net = gross - returned - medical - seized
        if 0 < net <= medical and not _is_anything_kept(judged):
            # The bag that medicine came in is no package, and goes to the doctor with it.
            medical, net = medical + net, 0
    return Bag(judged, gross, returned, medical, seized, net, room_left)


def _is_anything_kept(judged: Iterable[JudgedLine]) -> bool:
    """Whether a thing that weighs something is for the prisoner."""
    return any(
        share.verdict is Verdict.ACCEPT and not is_weightless(one.line)
        for one in judged
        for share in one.shares
    )


def weighed(bag: Bag, verdict: Verdict = Verdict.ACCEPT) -> int:
    """Grams of what has that verdict and was weighed by itself. What is accepted is no more
    than the net weight, unless the weights contradict each other."""
    return _grams(bag.lines, verdict)


def stays(bag: Bag) -> bool:
    """Whether anything of it stays here: for the prisoner, or for the doctor."""
    return any(share.verdict in STAYS for one in bag.lines for share in one.shares)


def turned_back(bag: Bag, rule: str, legal_ref: str) -> Bag:
    """The same things where nothing may be brought: all goes back but what is seized.

    `rule` and its reference stand behind what the catalogue would have let pass.
    """
    lines = tuple(
        replace(
            one,
            shares=tuple(
                replace(share, verdict=Verdict.REFUSE, rule=rule, legal_ref=legal_ref)
                if share.verdict in STAYS
                else share
                for share in one.shares
            ),
        )
        for one in bag.lines
    )
    returned = (bag.gross or 0) - bag.seized
    return replace(bag, lines=lines, returned=returned, medical=0, net=0)


def class_of(line: BroughtLine) -> GoodsClass:
    """What the catalogue does not know is something else."""
    return line.entry.goods_class if line.entry is not None else GoodsClass.OTHER


def to_be_signed(bag: Bag) -> tuple[int, ...]:
    """The places of lines that the officer accepts and that, in a bag judged without a second
    person, do not pass as a whole for it: forbidden, stopped, or more than the limit."""
    return tuple(
        place
        for place, one in enumerate(bag.lines)
        if one.line.verdict is Verdict.ACCEPT
        and any(s.reason in SIGNED_FOR or s.reason is ItemReason.OVER_LIMIT for s in one.shares)
    )


def beyond_signature(unsigned: Bag, signed: Sequence[BroughtLine]) -> tuple[int, ...]:
    """The places of lines to be signed for that nobody saw who signed: another thing than one
    of the `signed` lines that were to be accepted, or more of it. `unsigned`: the bag judged
    without a second person."""
    left: dict[object, int] = {}
    for line in signed:
        if line.verdict is Verdict.ACCEPT:
            left[_thing(line)] = left.get(_thing(line), 0) + _how_much(line)
    beyond: list[int] = []
    for place in to_be_signed(unsigned):
        line = unsigned.lines[place].line
        if left.get(_thing(line), 0) < _how_much(line):
            beyond.append(place)
        else:
            left[_thing(line)] -= _how_much(line)
    return tuple(beyond)


def _thing(line: BroughtLine) -> object:
    return line.entry.catalogue_id if line.entry is not None else line.words


def _how_much(line: BroughtLine) -> int:
    """In grams, tyiyn or pieces; a paper is one."""
    if is_weighed(line):
        return line.grams
    return line.tyiyn if line.tyiyn is not None else max(1, line.pieces)


def is_kept_from_the_doctor(judged: JudgedLine) -> bool:
    """Whether the officer sends there what is forbidden or stopped and is no medicine."""
    sent = judged.line.verdict is Verdict.MEDICAL
    return sent and any(one.reason in SIGNED_FOR for one in judged.shares)


def is_for_the_safe(line: BroughtLine) -> bool:
    """Whether it lies in a safe until its prisoner gets it."""
    return class_of(line) in FOR_THE_SAFE


def is_medicine(entry: CatalogueEntry | None) -> bool:
    """Whether the catalogue says that it is for the doctor, or its class does."""
    return entry is not None and (entry.medical or entry.goods_class is GoodsClass.MEDICINE)


def is_weightless(line: BroughtLine) -> bool:
    return line.entry is not None and line.entry.goods_class in WEIGHTLESS


def is_weighed(line: BroughtLine) -> bool:
    """Whether its quantity is a weight, and not a number of pieces."""
    if line.entry is not None:
        return line.entry.unit is Unit.KILOGRAM and not is_weightless(line)
    return line.grams > 0 and not line.pieces


# ---- one line


@dataclass(frozen=True, slots=True)
class _Table:
    """Where a bag is unpacked: what is stopped, who the bag is for, and whether two signed."""

    stopped: Mapping[str, StoppedClass]
    service: Service
    signed: bool

    @property
    def all_medical(self) -> bool:
        return self.service is Service.MEDICAL_PACKAGE


def _judged(line: BroughtLine, table: _Table, taken: dict[UUID, int]) -> JudgedLine:
    """The line in one share, or in two where a limit cuts it.

    `taken` is what the lines before took of each limited thing, in its unit.
    """
    answer = _answer(line, table)
    quantity = line.grams if is_weighed(line) else line.pieces
    entry, over = line.entry, 0
    if answer.verdict is Verdict.ACCEPT and entry is not None:
        over = _over(line, entry, quantity, table, taken)
    shares: tuple[Share, ...] = (_share(line, answer, quantity),)
    if over and entry is not None:
        cut = Share(
            Verdict.REFUSE,
            reason=ItemReason.OVER_LIMIT,
            rule=entry.code,
            legal_ref=entry.legal_ref,
        )
        kept = (_share(line, answer, quantity - over),) if over < quantity else ()
        shares = (*kept, _share(line, cut, over))
    return JudgedLine(line, shares, any(_asks_weight(one, table) for one in shares))


def _answer(line: BroughtLine, table: _Table) -> Share:
    """The verdict on the whole line, before its limit: the officer's, or the catalogue's."""
    default = _default(line, table)
    told = line.verdict
    if told is None:
        return default
    if told is Verdict.ACCEPT and default.reason in SIGNED_FOR and not table.signed:
        return default
    if told is Verdict.MEDICAL and default.reason in SIGNED_FOR and not is_medicine(line.entry):
        return default
    if told is default.verdict:
        return Share(
            told,
            reason=line.reason or default.reason,
            rule=default.rule,
            legal_ref=default.legal_ref,
        )
    if told is Verdict.ACCEPT and table.all_medical:
        return Share(Verdict.MEDICAL)
    if told is Verdict.ACCEPT and default.reason in SIGNED_FOR:
        # Against which rule two persons let it pass stays with the line.
        return Share(told, rule=default.rule, legal_ref=default.legal_ref)
    return Share(told, reason=line.reason if told is Verdict.REFUSE else None)


def _default(line: BroughtLine, table: _Table) -> Share:
    """What the catalogue and the restrictions say of the line, before its limit."""
    entry = line.entry
    if entry is not None and entry.allowed in (Allowed.FORBIDDEN, Allowed.WITHDRAWN):
        return Share(
            Verdict.REFUSE,
            reason=ItemReason.FORBIDDEN,
            rule=entry.code,
            legal_ref=entry.legal_ref,
        )
    stop = table.stopped.get(class_of(line))
    if stop is not None:
        return Share(
            Verdict.REFUSE,
            reason=ItemReason.STOPPED,
            rule=stop.reason.rule,
            legal_ref=stop.reason.legal_ref,
        )
    if entry is None:
        return Share(Verdict.REFUSE, reason=ItemReason.NOT_LISTED)
    if entry.medical or table.all_medical:
        return Share(Verdict.MEDICAL)
    return Share(Verdict.ACCEPT)


def _over(
    line: BroughtLine,
    entry: CatalogueEntry,
    quantity: int,
    table: _Table,
    taken: dict[UUID, int],
) -> int:
    """How much of the line is more than the catalogue allows of this thing in one bag."""
    limit = entry.max_grams if is_weighed(line) else entry.max_pieces
    # An amount of money is one thing, and is not cut.
    is_money = entry.goods_class is GoodsClass.MONEY
    if entry.allowed is not Allowed.LIMITED or limit is None or is_money:
        return 0
    left = max(0, limit - taken[entry.catalogue_id])
    taken[entry.catalogue_id] += quantity
    if table.signed and line.verdict is Verdict.ACCEPT:
        return 0
    return max(0, quantity - left)


def _share(line: BroughtLine, answer: Share, quantity: int) -> Share:
    """`answer` on so much of the line: its pieces, and what they weigh as far as one knows."""
    grams: int | None
    pieces = quantity
    if is_weighed(line):
        pieces, grams = 0, quantity
    elif is_weightless(line):
        grams = 0
    elif answer.verdict is Verdict.ACCEPT:
        grams = None
    else:
        grams = line.left_out_grams
    return Share(answer.verdict, pieces, grams, answer.reason, answer.rule, answer.legal_ref)


def _asks_weight(share: Share, table: _Table) -> bool:
    """What goes on to the prisoner, or in a medical package to the doctor, is the rest."""
    rest = Verdict.MEDICAL if table.all_medical else Verdict.ACCEPT
    return share.grams is None and share.verdict is not rest


def _grams(judged: Iterable[JudgedLine], verdict: Verdict) -> int:
    return sum(
        share.grams or 0 for one in judged for share in one.shares if share.verdict is verdict
    )
