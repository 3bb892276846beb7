"""Whatever is brought and however it is judged: recorded to the gram, or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.codes import ItemReason, Service, Sex, Unit, Verdict
from kiosk.errors import Refused
from kiosk.values.goods import BroughtLine
from tests.unit.services.gatehouse import Gatehouse
from tests.unit.services.goods.table import SIM_CARDS, THINGS, Table

LINES = st.lists(
    st.tuples(
        st.sampled_from([None, *(one.code for one in THINGS)]),
        st.integers(1, 2500),
        st.sampled_from([None, None, *Verdict]),
        st.one_of(st.integers(0, 300), st.integers(0, 300), st.none()),
    ),
    min_size=1,
    max_size=7,
)
SERVICES = st.sampled_from([Service.PACKAGE, Service.PACKAGE, Service.MEDICAL_PACKAGE])


@pytest.fixture
def table(gatehouse: Gatehouse) -> Table:
    return Table(gatehouse)


def line_of(
    table: Table, code: str | None, amount: int, verdict: Verdict | None, out: int | None
) -> BroughtLine:
    if code is None:
        line = BroughtLine(None, pieces=amount % 9 + 1, words="гитара")
    elif table.things[code].unit is Unit.KILOGRAM:
        line = table.line(code, amount)
    else:
        line = table.line(code, amount % 9 + 1, tyiyn=amount, paper_number="AN 1")
    back = ItemReason.PACKING if verdict is Verdict.REFUSE else None
    seized = SIM_CARDS if verdict is Verdict.SEIZE else None
    return replace(line, verdict=verdict, left_out_grams=out, reason=back, seized=seized)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(LINES, st.integers(900, 19_000), SERVICES)
def test_a_bag_is_recorded_to_the_gram_or_not_at_all(
    table: Table,
    drawn: list[tuple[str | None, int, Verdict | None, int | None]],
    gross: int,
    service: Service,
) -> None:
    """One register for all bags, so that what they use up adds up too."""
    gatehouse = table.gatehouse
    prisoner, sender = gatehouse.prisoner(sex=Sex.FEMALE), gatehouse.visitor()
    lines = tuple(line_of(table, *one) for one in drawn)
    request = table.request(prisoner, sender, *lines, gross=gross, service=service)
    cases = _cases(gatehouse)
    try:
        recorded = table.accept(request)
    except Refused:
        assert _cases(gatehouse) == cases
        return
    case = recorded.case_id.bytes
    [(weighs, net)] = gatehouse.rows(
        "SELECT gross_grams, net_grams FROM parcel WHERE case_id = ?", case
    )
    assert weighs == gross
    assert 0 <= net <= gross
    assert net == recorded.net_grams == _grams(gatehouse, case, "accept")
    left_out = sum(_grams(gatehouse, case, one) for one in ("refuse", "seize", "medical"))
    if service is Service.PACKAGE:
        assert net + left_out == gross
    else:
        assert net == 0
        assert left_out <= gross
    used = gatehouse.rows("SELECT pieces, grams FROM ledger WHERE case_id = ?", case)
    assert used == ([(1, net)] if net else [])
    [(seized,)] = gatehouse.rows(
        "SELECT count(*) FROM item WHERE case_id = ? AND verdict = 'seize'", case
    )
    assert len(recorded.finds) == seized
    assert gatehouse.rows("SELECT count(*) FROM find WHERE case_id = ?", case) == [(seized,)]


def _cases(gatehouse: Gatehouse) -> int:
    [(cases,)] = gatehouse.rows("SELECT count(*) FROM gate_case")
    return int(cases)


def _grams(gatehouse: Gatehouse, case: bytes, verdict: str) -> int:
    [(grams,)] = gatehouse.rows(
        "SELECT coalesce(sum(grams), 0) FROM item WHERE case_id = ? AND verdict = ?",
        case,
        verdict,
    )
    return int(grams)
