"""The lot that says which bags are looked through once more, so that nobody chooses.

A day's lots are drawn from 32 random bytes that are recorded before the first of them: lot n
falls on a bag when the HMAC-SHA256 of n under that seed, modulo 10,000, is below the percentage
of the day. So the audit draws all of them again, and so can anybody who has the register.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import date
from uuid import UUID

from peewee import fn

from kiosk.codes import Action
from kiosk.models import Drawing, DrawSeed
from kiosk.models.engine import RegisterFile
from kiosk.services import prisoners, same
from kiosk.services.chained_rows import read
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register
from kiosk.services.entry import Entry, entry
from kiosk.services.findings import FindingKind, Findings
from kiosk.services.prepared import Prepared
from kiosk.values import Officer

_PARTS = 10_000


def draw(desk: Desk, officer: Officer, prisoner_id: UUID, sender_id: UUID) -> bool:
    """Whether what this sender brings this prisoner today is looked through once more.

    An officer, inspector or supervisor draws. Coming again on the same day draws no other lot.
    Where the prison draws none, nothing is written. Raises NotFound for an unknown prisoner.
    """
    must_register(officer)
    prisoners.detail_of(prisoner_id)
    with entry(desk, Action.DRAW, officer=officer, object_id=prisoner_id) as e:
        seed = _seed_of(e.gate, e.day)
        if seed is None:
            if not desk.extra_check_percent:
                return False
            seed = _new_seed(e, desk.extra_check_percent)
        drawn = _drawn(seed, prisoner_id, sender_id)
        if drawn is not None:
            return drawn
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


def check_lots(file: RegisterFile, found: Findings) -> None:
    """Draws all lots again: each is the one that the seed of its day gives, and none is left
    out between two of them."""
    lots = read(
        file,
        "SELECT day, seed, percent, no, drawn FROM drawing"
        " JOIN draw_seed ON draw_seed.id = seed_id ORDER BY day, seed_id, no",
    )
    before: tuple[bytes, int] = (b"", 0)
    for day, seed, percent, no, drawn in lots:
        next_no = before[1] + 1 if before[0] == seed else 1
        if no != next_no or bool(drawn) is not falls_on(seed, no, percent):
            found.add(FindingKind.LOT, f"{day} {no}")
        before = seed, no


def _drawn(seed: DrawSeed, prisoner_id: UUID, sender_id: UUID) -> bool | None:
    """The lot of these two that day, under whichever records; None: none was drawn yet."""
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


def _new_seed(e: Entry, percent: int) -> DrawSeed:
    seed_id = e.add(DrawSeed, day=e.day, seed=secrets.token_bytes(32), percent=percent)
    made: DrawSeed = DrawSeed.get_by_id(seed_id)
    return made


def _seed_of(gate: int, day: date) -> DrawSeed | None:
    return next(iter(_SEEDS(gate, day)), None)


_SEEDS = Prepared(
    lambda gate, day: DrawSeed.select().where(DrawSeed.gate_id == gate, DrawSeed.day == day)
)
