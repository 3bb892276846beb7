"""What became of the things for the medical unit: its doctor took them, or did not.

A doctor looks at all that waits for them at once and signs; what they did not take goes back to
its sender, who signs for it too. What a correction sends to the doctor later is looked at once
more: ids rise with the moment of recording.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from peewee import ModelSelect, fn

from kiosk.codes import MedicalFate, StepKind, Verdict
from kiosk.models import Item, Step
from kiosk.services.prepared import Prepared

LINES = "lines"
"""What the step `not_taken` says beside its state: the numbers of those lines."""
_TOLD = (
    StepKind.PASSED_TO_MEDICAL,
    StepKind.NOT_TAKEN,
    StepKind.MEDICINE_RETURNED,
    StepKind.RETURNED,
)
_LOOKED_AT = (StepKind.PASSED_TO_MEDICAL, StepKind.NOT_TAKEN)
_BACK = (StepKind.MEDICINE_RETURNED, StepKind.RETURNED)


def fates(case_ids: Collection[UUID]) -> Mapping[UUID, Mapping[int, MedicalFate]]:
    """Of each case that has any, the medical lines that stand, by their number."""
    lines = _LINES(list(case_ids))
    steps: dict[UUID, list[Step]] = defaultdict(list)
    if lines:
        told = Step.select().where(
            Step.case_id.in_({line.case_id for line in lines}), Step.kind.in_(_TOLD)
        )
        for step in told.order_by(Step.id):
            steps[step.case_id].append(step)
    found: dict[UUID, dict[int, MedicalFate]] = defaultdict(dict)
    for line in lines:
        found[line.case_id][line.no] = _fate(line, steps[line.case_id])
    return found


def _lines_of(case_ids: Any) -> ModelSelect[Item]:
    newer = Item.alias()
    replaced = newer.select().where(newer.case_id == Item.case_id, newer.replaces == Item.no)
    return Item.select(Item.id, Item.case_id, Item.no).where(
        Item.case_id.in_(case_ids), Item.verdict == Verdict.MEDICAL, ~fn.EXISTS(replaced)
    )


_LINES = Prepared(_lines_of)


def of(case_id: UUID) -> Mapping[int, MedicalFate]:
    """The medical lines of one parcel that stand, by their number."""
    return fates((case_id,)).get(case_id, {})


def waits(case_id: UUID) -> bool:
    """Whether something of it waits for the doctor."""
    return MedicalFate.WAITS in of(case_id).values()


def goes_back(case_id: UUID) -> bool:
    """Whether the doctor did not take something of it, and its sender has it not yet."""
    return MedicalFate.NOT_TAKEN in of(case_id).values()


def _fate(line: Item, steps: Collection[Step]) -> MedicalFate:
    later = [step for step in steps if step.id > line.id]
    not_taken = next((step for step in later if line.no in _lines(step)), None)
    if not_taken is None:
        if any(step.kind in _LOOKED_AT for step in later):
            return MedicalFate.TAKEN
        # As a whole parcel goes back, what no doctor has seen goes with it.
        returned = any(step.kind == StepKind.RETURNED for step in later)
        return MedicalFate.RETURNED if returned else MedicalFate.WAITS
    if any(step.kind in _BACK and step.id > not_taken.id for step in later):
        return MedicalFate.RETURNED
    return MedicalFate.NOT_TAKEN


def _lines(step: Step) -> Collection[int]:
    return (step.data or {}).get(LINES, ()) if step.kind == StepKind.NOT_TAKEN else ()
