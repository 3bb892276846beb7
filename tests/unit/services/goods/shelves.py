"""A storage with places, and a parcel in it, for the stories of what becomes of a parcel."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from kiosk.codes import PlaceKind, Status
from kiosk.services import prisoner_events
from kiosk.services.goods import opened, places, storage
from kiosk.values import PersonCard, PrisonerCard
from kiosk.values.goods import (
    BroughtLine,
    GoodsRecorded,
    ParcelCard,
    PlaceLine,
    StorageLine,
)

from .table import Table

HOUR = 3_600_000
DOCTOR = "Осмонова Таалайкүл"


@dataclass
class Shelves(Table):
    """A table beside a storage of two shelves, one cold place, a safe, one for returns."""

    place: dict[str, PlaceLine] = field(default_factory=dict)
    prisoner: PrisonerCard = field(init=False)
    sender: PersonCard = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        house = self.gatehouse
        for code, kind in (
            ("A-1", PlaceKind.SHELF),
            ("A-2", PlaceKind.SHELF),
            ("C-1", PlaceKind.COLD),
            ("S-1", PlaceKind.SAFE),
            ("R-1", PlaceKind.RETURNS),
        ):
            self.place[code] = house.do(places.record, house.supervisor, code, kind)
        self.prisoner, self.sender = house.prisoner(), house.visitor()

    def put(self, *lines: BroughtLine, gross: int = 3000, **told: Any) -> GoodsRecorded:
        """A bag of these lines is taken in; without any, of two pounds of tea."""
        lines = lines or (self.line("te", 2),)
        return self.accept(
            self.request(self.prisoner, self.sender, *lines, gross=gross, **told)
        )

    def card(self, case_id: UUID) -> ParcelCard:
        return self.gatehouse.ask(opened.open_parcel, self.gatehouse.officer, case_id)

    def list(self) -> tuple[StorageLine, ...]:
        return self.gatehouse.ask(storage.stored, self.gatehouse.officer)

    def is_now(self, status: Status) -> None:
        house = self.gatehouse
        house.do(
            prisoner_events.set_status, house.supervisor, self.prisoner.prisoner_id, status
        )

    # ---- what stands in the register

    def ledger(self, case_id: UUID) -> list[tuple[str, int, int]]:
        """Kind, pieces and grams of each line of a case."""
        return self.gatehouse.rows(
            "SELECT kind, pieces, grams FROM ledger WHERE case_id = ? ORDER BY id",
            case_id.bytes,
        )

    def steps(self, case_id: UUID) -> list[tuple[str, str, str | None]]:
        """Kind, state and reason of what happened after it was taken in."""
        return self.gatehouse.rows(
            "SELECT kind, state, reason FROM step WHERE case_id = ? AND no >"
            " (SELECT no FROM step WHERE case_id = ? AND kind = 'accepted') ORDER BY no",
            case_id.bytes,
            case_id.bytes,
        )

    def now(self, case_id: UUID) -> tuple[str, str, int | None]:
        """State, place and until when it keeps, as the cache has them."""
        ((state, place, due),) = self.gatehouse.rows(
            "SELECT n.state, coalesce(p.code, ''), n.due_at FROM case_now n"
            " LEFT JOIN place p ON p.id = n.place_id WHERE n.case_id = ?",
            case_id.bytes,
        )
        return state, place, due

    def taken(self) -> list[str]:
        """The places where something stands, one for each parcel."""
        lines = self.gatehouse.ask(places.places, self.gatehouse.officer)
        return [one.code for one in lines for _ in range(one.taken)]
