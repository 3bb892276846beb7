"""The lot that says which bags are looked through once more, so that nobody chooses.

A day's lots are drawn from 32 random bytes that are recorded before the first of them: lot n
falls on a bag when the HMAC-SHA256 of n under that seed, modulo 10,000, is below the percentage
of the day. So anybody who has the register can draw all of them again.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import date
from uuid import UUID

from peewee import fn

from kiosk.codes import Action
from kiosk.models import Drawing, DrawSeed
from kiosk.services import prisoners, same
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register, must_take_reports
from kiosk.services.entry import day_now, entry
from kiosk.values import Officer
from kiosk.values.lots import LotsOfDay

_PARTS = 10_000


def draw(desk: Desk, officer: Officer, prisoner_id: UUID, sender_id: UUID) -> bool:
    """Whether what this sender brings this prisoner today is looked through once more.

    An officer, inspector or supervisor draws. Coming again on the same day draws no other lot.
    Where the prison draws none, nothing is written. Raises NotFound for an unknown prisoner.
    """
    must_register(officer)
    prisoners.detail_of(prisoner_id)
    drawn = _drawn(desk, prisoner_id, sender_id)
    if drawn is not None:
        return drawn
    if not desk.extra_check_percent and _seed_of(desk.gate, day_now(desk)) is None:
        return False
    with entry(desk, Action.DRAW, officer=officer, object_id=prisoner_id) as e:
        seed = _seed_of(e.gate, e.day)
        if seed is None:
            seed_id = e.add(
                DrawSeed,
                day=e.day,
                seed=secrets.token_bytes(32),
                percent=desk.extra_check_percent,
            )
            seed = DrawSeed.get_by_id(seed_id)
        last = Drawing.select(fn.MAX(Drawing.no)).where(Drawing.seed_id == seed.id).scalar()
        no = (last or 0) + 1
        falls = falls_on(seed.seed, no, seed.percent)
        e.add(
            Drawing,
            seed_id=seed.id,
            no=no,
            person_id=sender_id,
            prisoner_id=prisoner_id,
            drawn=falls,
            at=e.now,
            staff_id=officer.staff_id,
        )
        return falls


def falls_on(seed: bytes, no: int, percent: int) -> bool:
    """Whether lot `no` (from 1) of a day falls, by the seed of that day."""
    digest = hmac.digest(seed, no.to_bytes(8, "big"), "sha256")
    return int.from_bytes(digest, "big") % _PARTS < percent * (_PARTS // 100)


def verify(desk: Desk, officer: Officer) -> tuple[LotsOfDay, ...]:
    """Draw all lots again, day by day, the newest first.

    Whoever may be given registers may ask.
    """
    must_take_reports(officer)
    seeds = DrawSeed.select().where(DrawSeed.gate_id == desk.gate).order_by(DrawSeed.id.desc())
    return tuple(_again(seed) for seed in seeds)


def _again(seed: DrawSeed) -> LotsOfDay:
    rows = list(Drawing.select().where(Drawing.seed_id == seed.id).order_by(Drawing.no))
    wrong = tuple(
        row.no
        for place, row in enumerate(rows, 1)
        if row.no != place or row.drawn != falls_on(seed.seed, row.no, seed.percent)
    )
    fell = sum(1 for row in rows if row.drawn)
    return LotsOfDay(seed.day, seed.percent, len(rows), fell, wrong)


def _drawn(desk: Desk, prisoner_id: UUID, sender_id: UUID) -> bool | None:
    """The lot of these two today, under whichever records; None: none was drawn yet."""
    seed = _seed_of(desk.gate, day_now(desk))
    if seed is None:
        return None
    row = (
        Drawing.select(Drawing.drawn)
        .where(
            Drawing.seed_id == seed.id,
            Drawing.prisoner_id.in_(list(same.group(prisoner_id))),
            Drawing.person_id.in_(list(same.group(sender_id))),
        )
        .order_by(Drawing.id)
        .first()
    )
    return None if row is None else bool(row.drawn)


def _seed_of(gate: int, day: date) -> DrawSeed | None:
    found: DrawSeed | None = DrawSeed.get_or_none(DrawSeed.gate_id == gate, DrawSeed.day == day)
    return found
