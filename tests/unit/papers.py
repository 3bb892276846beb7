"""Papers to lay out, one visitor of an invented gate; and what a laid out paper says."""

from __future__ import annotations

from datetime import date

from kiosk.codes import Category, ReasonCode, Service
from kiosk.papers import BadgeBody, Body, PaperReason, RefusalBody
from kiosk.printouts import Printed, Row, columns_of, lay_out
from kiosk.printouts.preview import preview

BADGE = BadgeBody(
    site_name="№ 16 мекеме",
    number="V-26-004512",
    badge="V-26-004512-1",
    code="GBV012600451210",
    name="Асанова Айгүл Өмүрбековна",
    service=Service.SHORT_VISIT,
    admitted_at="2026-11-24T10:06+06:00",
    due_at="2026-11-24T14:06+06:00",
    prisoner="Токтосунов Бакыт Эңилчекович",
    file_number="0398/22",
    language="ky",
)

USED_UP = PaperReason(
    ReasonCode.COUNT_EXHAUSTED,
    "V-02",
    "Кодекс, 65-берене",
    free_from=date(2027, 1, 1),
    used=3,
    limit=3,
)
ISOLATOR = PaperReason(
    ReasonCode.ISOLATOR, "V-11", "Изолятор жөнүндө жобо", free_from=date(2026, 12, 1)
)

NOTICE = RefusalBody(
    site_name="№ 16 мекеме",
    number="R-26-000288",
    refused_at="2026-11-24T09:52+06:00",
    names=("Каримов Алишер",),
    service=Service.SHORT_VISIT,
    prisoner="Токтосунов Бакыт",
    file_number="0398/22",
    category=Category.CONVICT,
    reasons=(ISOLATOR, USED_UP),
    next_allowed=date(2027, 1, 1),
    officer="Исмаилов Б.",
    language="ru",
)


def text_of(rows: tuple[Printed, ...]) -> str:
    return "\n".join(row.text for row in rows if isinstance(row, Row))


def said(rows: tuple[Printed, ...]) -> str:
    """The paper as one run of words, wherever its rows end."""
    return " ".join(text_of(rows).split())


def widest(rows: tuple[Printed, ...]) -> int:
    return max(
        columns_of(row.text) * (2 if row.wide else 1) for row in rows if isinstance(row, Row)
    )


def shown(body: Body, columns: int) -> str:
    """The paper as it is looked at before it is printed."""
    return "\n".join(row.text for row in preview(lay_out(body, columns), columns))
