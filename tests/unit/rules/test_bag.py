"""What becomes of each thing in a bag: the limits, who may lift them, and what weighs what."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.codes import (
    Allowed,
    GoodsClass,
    ItemReason,
    ReasonCode,
    Service,
    Unit,
    Verdict,
)
from kiosk.rules.bag import is_kept_from_the_doctor, judge, stays, turned_back, weighed
from kiosk.rules.decision import Reason
from kiosk.values.goods import Bag, BroughtLine, Share, StoppedClass
from tests.unit.services.goods.table import THINGS, entry, goes_back, seized

BY_CODE = {one.code: one for one in THINGS}
NO_TOBACCO = StoppedClass("tobacco", Reason(ReasonCode.FACILITY_RESTRICTION, "R-09", "Order 7"))


def line(code: str, how_much: int = 1) -> BroughtLine:
    thing = BY_CODE[code]
    if thing.unit is Unit.KILOGRAM:
        return BroughtLine(thing, grams=how_much)
    return BroughtLine(thing, pieces=how_much)


def accepted(one: BroughtLine) -> BroughtLine:
    return replace(one, verdict=Verdict.ACCEPT)


def shares(*lines: BroughtLine, stopped: tuple[StoppedClass, ...] = ()) -> list[Share]:
    bag = judge(lines, None, None, stopped)
    return [share for one in bag.lines for share in one.shares]


# ---- what the catalogue says


def test_a_thing_that_may_pass_is_accepted_as_it_is() -> None:
    assert shares(line("te", 2)) == [Share(Verdict.ACCEPT, 2)]


def test_a_forbidden_thing_goes_back_by_its_code() -> None:
    back = Share(Verdict.REFUSE, 1, None, ItemReason.FORBIDDEN, "vo", "Order 111")
    assert shares(line("vo")) == [back]


def test_a_class_that_is_stopped_goes_back_by_the_restrictions_rule() -> None:
    back = Share(Verdict.REFUSE, 10, None, ItemReason.STOPPED, "R-09", "Order 7")
    assert shares(line("ci", 10), stopped=(NO_TOBACCO,)) == [back]
    assert shares(line("te", 10), stopped=(NO_TOBACCO,)) == [Share(Verdict.ACCEPT, 10)]


def test_what_the_catalogue_does_not_know_goes_back_unless_the_officer_takes_it() -> None:
    unknown = BroughtLine(None, pieces=2, words="гитара")
    assert shares(unknown) == [Share(Verdict.REFUSE, 2, None, ItemReason.NOT_LISTED)]
    assert shares(accepted(unknown)) == [Share(Verdict.ACCEPT, 2)]


def test_what_the_catalogue_does_not_know_is_stopped_with_whatever_else_there_is() -> None:
    nothing_else = StoppedClass("other", NO_TOBACCO.reason)
    back = Share(Verdict.REFUSE, 2, None, ItemReason.STOPPED, "R-09", "Order 7")
    unknown = accepted(BroughtLine(None, pieces=2, words="гитара"))
    assert shares(unknown, stopped=(nothing_else,)) == [back]


def test_medicine_goes_to_the_doctor() -> None:
    assert shares(line("me", 2)) == [Share(Verdict.MEDICAL, 2)]


def test_of_a_limited_thing_exactly_the_limit_passes_and_one_gram_more_goes_back() -> None:
    assert shares(line("su", 2000)) == [Share(Verdict.ACCEPT, 0, 2000)]
    assert shares(line("su", 2001)) == [
        Share(Verdict.ACCEPT, 0, 2000),
        Share(Verdict.REFUSE, 0, 1, ItemReason.OVER_LIMIT, "su", "Order 111"),
    ]
    assert [share.pieces for share in shares(line("so", 6))] == [5, 1]


def test_lines_of_one_thing_share_its_limit_in_their_order() -> None:
    first, second, third = judge((line("su", 1500),) * 3, None, None).lines
    assert [share.grams for share in first.shares] == [1500]
    assert [share.grams for share in second.shares] == [500, 1000]
    assert [share.verdict for share in third.shares] == [Verdict.REFUSE]


def test_what_goes_back_takes_nothing_of_a_limit() -> None:
    back, kept = judge((goes_back(line("su", 2000)), line("su", 2000)), None, None).lines
    assert back.share(Verdict.ACCEPT) is None
    assert [share.grams for share in kept.shares] == [2000]


# ---- what the officer says


def test_the_officers_verdict_stands_over_that_of_the_catalogue() -> None:
    assert shares(goes_back(line("te", 2), 400)) == [
        Share(Verdict.REFUSE, 2, 400, ItemReason.PACKING)
    ]
    assert shares(replace(line("ho"), verdict=Verdict.MEDICAL, left_out_grams=90)) == [
        Share(Verdict.MEDICAL, 1, 90)
    ]
    assert shares(accepted(line("me", 2))) == [Share(Verdict.ACCEPT, 2)]


def test_nobody_sends_to_the_doctor_what_is_forbidden_or_stopped_and_no_medicine() -> None:
    vodka, tobacco, pills = (
        replace(line(code), verdict=Verdict.MEDICAL, left_out_grams=90)
        for code in ("vo", "ci", "me")
    )
    no_medicine = StoppedClass("medicine", NO_TOBACCO.reason)
    stopped = (NO_TOBACCO, no_medicine)
    for signed in (False, True):
        for service in (Service.PACKAGE, Service.MEDICAL_PACKAGE):
            bag = judge((vodka, tobacco, pills), None, None, stopped, service, signed=signed)
            kept = [is_kept_from_the_doctor(one) for one in bag.lines]
            assert kept == [True, True, False]
            given = [one.share(Verdict.MEDICAL) is not None for one in bag.lines]
            assert given == [False, False, True]


def test_a_forbidden_medicine_goes_back_unless_an_officer_sends_it_to_the_doctor() -> None:
    for told in ({"medical": True}, {"goods_class": GoodsClass.MEDICINE}):
        pills = BroughtLine(entry("md", "morphine", allowed=Allowed.FORBIDDEN, **told), 1)
        assert [one.verdict for one in shares(pills)] == [Verdict.REFUSE]
        sent = replace(pills, verdict=Verdict.MEDICAL, left_out_grams=20)
        assert shares(sent) == [Share(Verdict.MEDICAL, 1, 20)]


def test_an_officer_alone_accepts_nothing_forbidden_stopped_or_over_its_limit() -> None:
    forbidden, stopped, over = judge(
        (accepted(line("vo")), accepted(line("ci")), accepted(line("so", 9))),
        None,
        None,
        (NO_TOBACCO,),
    ).lines
    assert forbidden.share(Verdict.ACCEPT) is None
    assert stopped.share(Verdict.ACCEPT) is None
    assert [share.pieces for share in over.shares] == [5, 4]


def test_two_signatures_let_pass_what_the_officer_accepts_and_nothing_else() -> None:
    lines = (accepted(line("vo")), accepted(line("ci")), accepted(line("so", 9)), line("vo"))
    bag = judge(lines, None, None, (NO_TOBACCO,), signed=True)
    verdicts = [[share.verdict for share in one.shares] for one in bag.lines]
    assert verdicts == [[Verdict.ACCEPT], [Verdict.ACCEPT], [Verdict.ACCEPT], [Verdict.REFUSE]]


def test_a_reason_of_the_officers_own_is_kept_with_the_rule_that_was_there() -> None:
    [share] = shares(goes_back(line("vo"), reason=ItemReason.SPOILED))
    assert (share.reason, share.rule) == (ItemReason.SPOILED, "vo")


# ---- weights


def test_the_bag_of_the_books_example_weighs_what_the_book_says() -> None:
    """11.300 kg on the scale, 1.000 back, 0.120 to the doctor, 0.800 seized: 9.380 kg."""
    bag = judge(
        (
            line("te", 2),
            line("su", 3000),
            line("br", 4),
            line("ap", 3000),
            line("ci", 10),
            replace(line("me", 2), left_out_grams=120),
            seized(line("ho"), 800),
        ),
        11_300,
        20_000,
    )
    assert (bag.returned, bag.medical, bag.seized, bag.net) == (1000, 120, 800, 9380)
    assert weighed(bag) == 5000


def test_what_is_left_out_and_has_no_weight_is_asked_for() -> None:
    asks = judge((line("te", 2), goes_back(line("te", 1))), 5000, None)
    assert [one.asks_weight for one in asks.lines] == [False, True]
    assert asks.net is None
    assert judge((goes_back(line("te"), 0), line("te")), 5000, None).net == 5000


def test_what_is_weighed_is_never_asked_for_again() -> None:
    [judged] = judge((goes_back(line("ap", 700)),), 5000, None).lines
    assert not judged.asks_weight


def test_papers_and_money_weigh_nothing_whatever_becomes_of_them() -> None:
    bag = judge((line("pa"), goes_back(line("mo", 0)), line("te")), 300, None)
    assert bag.net == 300


def test_a_bag_that_was_not_weighed_has_no_net_weight() -> None:
    assert judge((line("te"),), None, 20_000).net is None


def test_weights_that_contradict_each_other_are_told_as_they_are() -> None:
    assert judge((line("te"), goes_back(line("te"), 400)), 300, None).net == -100


def test_the_bag_in_which_nothing_but_medicine_came_is_no_package() -> None:
    medicine = replace(line("me", 2), left_out_grams=600)
    bag = judge((medicine, line("pa")), 650, 20_000)
    assert (bag.medical, bag.net) == (650, 0)
    with_tea = judge((medicine, line("te")), 650, 20_000)
    assert (with_tea.medical, with_tea.net) == (600, 50)
    # What weighs more than the medicine is no bag: somebody forgot to list it.
    assert judge((medicine,), 3600, 20_000).net == 3000


def test_of_a_medical_package_all_that_stays_is_for_the_doctor_and_nothing_is_asked() -> None:
    bag = judge(
        (line("te"), accepted(line("su", 9000)), line("vo"), goes_back(line("ap", 700))),
        12_000,
        None,
        service=Service.MEDICAL_PACKAGE,
    )
    assert [one.shares[0].verdict for one in bag.lines] == [
        Verdict.MEDICAL,
        Verdict.MEDICAL,
        Verdict.REFUSE,
        Verdict.REFUSE,
    ]
    # The vodka has no weight yet.
    assert bag.net is None
    known = judge(
        (line("te"), replace(line("vo"), left_out_grams=500)),
        12_000,
        None,
        service=Service.MEDICAL_PACKAGE,
    )
    assert (known.medical, known.returned, known.net) == (11_500, 500, 0)


def test_a_bag_that_is_turned_back_returns_all_but_what_was_seized() -> None:
    bag = judge((line("te"), line("me"), seized(line("ho"), 800)), 3000, 20_000)
    back = turned_back(bag, "P-21", "Art. 90")
    assert not stays(back)
    assert (back.returned, back.seized, back.net) == (2200, 800, 0)
    assert [share.rule for one in back.lines for share in one.shares] == ["P-21", "P-21", ""]


# ---- whatever is brought

GRAMS = st.integers(1, 30_000)
VERDICTS = st.sampled_from([None, *Verdict])
NAMES = st.sampled_from(sorted(BY_CODE))


@st.composite
def things(draw: st.DrawFn) -> BroughtLine:
    code = draw(st.one_of(st.none(), NAMES))
    verdict = draw(VERDICTS)
    left_out = draw(st.one_of(st.none(), st.integers(0, 3000)))
    if code is None:
        return BroughtLine(None, draw(st.integers(1, 20)), 0, "x", verdict, None, left_out)
    amount = draw(st.integers(1, 4000))
    one = line(code, amount if BY_CODE[code].unit is Unit.KILOGRAM else amount % 20 + 1)
    return replace(one, verdict=verdict, left_out_grams=left_out)


BAGS = st.lists(things(), max_size=8)
SERVICES = st.sampled_from([Service.PACKAGE, Service.PARCEL, Service.MEDICAL_PACKAGE])


def judged(lines: list[BroughtLine], gross: int | None, service: Service, stop: bool) -> Bag:
    return judge(lines, gross, 20_000, (NO_TOBACCO,) if stop else (), service)


@settings(max_examples=200, deadline=None)
@given(BAGS, st.one_of(st.none(), GRAMS), SERVICES, st.booleans())
def test_all_grams_of_a_weighed_bag_are_accepted_or_left_out_and_none_twice(
    lines: list[BroughtLine], gross: int | None, service: Service, stop: bool
) -> None:
    bag = judged(lines, gross, service, stop)
    asked = any(one.asks_weight for one in bag.lines)
    assert (bag.net is None) == (gross is None or asked)
    if bag.net is not None and gross is not None:
        assert bag.net + bag.returned + bag.medical + bag.seized == gross
        assert bag.net <= gross or bag.medical < 0
        if service is Service.MEDICAL_PACKAGE:
            assert bag.net == 0


@settings(max_examples=200, deadline=None)
@given(BAGS, SERVICES, st.booleans())
def test_every_piece_and_gram_of_a_line_has_one_verdict(
    lines: list[BroughtLine], service: Service, stop: bool
) -> None:
    for one in judged(lines, None, service, stop).lines:
        assert sum(share.pieces for share in one.shares) == one.line.pieces
        if one.line.entry is not None and one.line.entry.unit is Unit.KILOGRAM:
            assert sum(share.grams or 0 for share in one.shares) == one.line.grams
        assert len({share.verdict for share in one.shares}) == len(one.shares)


@settings(max_examples=200, deadline=None)
@given(BAGS, SERVICES, st.booleans())
def test_no_bag_holds_more_of_a_thing_than_the_catalogue_allows(
    lines: list[BroughtLine], service: Service, stop: bool
) -> None:
    bag = judged(lines, None, service, stop)
    kept: dict[str, int] = {}
    for one in bag.lines:
        share, thing = one.share(Verdict.ACCEPT), one.line.entry
        if share is None or thing is None:
            continue
        assert thing.allowed is not Allowed.FORBIDDEN
        assert not (stop and thing.goods_class is GoodsClass.TOBACCO)
        kept[thing.code] = kept.get(thing.code, 0) + share.pieces + (share.grams or 0)
    assert kept.get("su", 0) <= 2000
    assert kept.get("so", 0) <= 5


@settings(max_examples=100, deadline=None)
@given(BAGS, GRAMS)
def test_whatever_goes_back_by_a_rule_says_which(lines: list[BroughtLine], gross: int) -> None:
    for one in judged(lines, gross, Service.PACKAGE, True).lines:
        for share in one.shares:
            if share.reason in (
                ItemReason.FORBIDDEN,
                ItemReason.STOPPED,
                ItemReason.OVER_LIMIT,
            ):
                assert share.rule
                assert share.legal_ref


def test_a_thing_withdrawn_from_the_catalogue_does_not_pass() -> None:
    gone = BroughtLine(entry("xx", "gone", allowed=Allowed.WITHDRAWN), pieces=1)
    assert [share.verdict for share in shares(gone)] == [Verdict.REFUSE]
