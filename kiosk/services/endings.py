"""Lasting facts that were not ended: how they are asked for, and how one of them ends."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from peewee import JOIN, ModelSelect

from kiosk.models import Ending
from kiosk.models.base import Fact, table_of
from kiosk.services import known
from kiosk.services.entry import Entry
from kiosk.values import Officer


def lasting(model: type[Fact], *conditions: Any) -> ModelSelect[Any]:
    """The facts of a table that meet the conditions and were never ended, oldest first.

    Inside `known.at` those that were recorded, and not yet ended, by then.
    """
    # Only the gate that owns a fact ends it, and the index on endings begins with the gate.
    ended = (Ending.gate_id == model.gate_id) & (Ending.target_id == model.id)
    ended &= known.so_far(Ending)
    return (
        model.select()
        .join(Ending, JOIN.LEFT_OUTER, on=ended)
        .where(*conditions, Ending.id.is_null(), known.so_far(model))
        .order_by(model.id)
    )


def end(
    e: Entry, officer: Officer, model: type[Fact], target_id: UUID, reason: str, on_day: date
) -> None:
    """Say inside the transaction `e` that a fact holds no more from `on_day` on."""
    e.add(
        Ending,
        target_id=target_id,
        target=table_of(model),
        reason=reason,
        on_day=on_day,
        staff_id=officer.staff_id,
    )


def recorded_at(fact_id: UUID) -> int:
    """When a fact without a moment of its own was recorded (UTC ms): its UUIDv7 tells it."""
    return fact_id.int >> 80
