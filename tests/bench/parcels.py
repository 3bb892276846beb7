"""Writes ten years of packages and parcels, each with its lines, onto a shelf."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from kiosk.codes import (
    Action,
    FindChannel,
    FindClass,
    GoodsClass,
    HidingPlace,
    ItemReason,
    PassedTo,
    PlaceKind,
    Service,
    Unit,
    Verdict,
    WeighedBy,
)
from kiosk.demo.officer import OFFICER
from kiosk.models import (
    Case,
    Decision,
    Find,
    FindAct,
    FindThing,
    Item,
    ItemWords,
    Ledger,
    Member,
    Parcel,
    Place,
    RegisterNumber,
    Step,
)
from kiosk.models.base import Fact
from kiosk.rules.bag import WEIGHTLESS
from kiosk.services.chain import Value
from kiosk.values.goods import CatalogueEntry
from tests.bench.chronicle import INPUTS, Chronicle, Comer, Held

_Row = tuple[type[Fact], dict[str, Value]]

SERVICES = {
    Service.PACKAGE: 80,
    Service.PARCEL: 15,
    Service.SMALL_PARCEL: 5,
}
_KINDS, _SHARES = list(SERVICES), list(SERVICES.values())
_STAFF = OFFICER.staff_id.bytes
_BY = {"staff_id": OFFICER.staff_id}
_POSTED = (Service.PARCEL, Service.SMALL_PARCEL)
LINES = 8
"""Rows of items in each parcel, the one for all that needed no weight of its own included."""
STANDING = 60
"""So many of the last still stand in the storage."""
_NO_ACT = 3  # of the last finds
_WITH_FIND = 50  # every so many parcels
_WITH_WORDS = 50  # every so many lines
_KEEPS = 48 * 3_600_000  # ms


class Parcels:
    """The goods of a chronicle: places, and one parcel after another."""

    def __init__(
        self, writing: Chronicle, count: int, things: tuple[CatalogueEntry, ...]
    ) -> None:
        self._writing, self._count = writing, count
        self._shelf, self._desk, self._chance = writing.shelf, writing.desk, writing.chance
        self._things = [one for one in things if one.goods_class not in WEIGHTLESS]
        self._words: list[tuple[UUID, UUID]] = []
        with self._shelf.entry(self._desk, Action.RECORD_PLACE, OFFICER.staff_id) as e:
            self.places = [
                e.add(Place, code=f"{kind.value[0].upper()}-{no}", kind=kind, capacity=4, **_BY)
                for kind in (PlaceKind.SHELF, PlaceKind.COLD)
                for no in range(1, 16)
            ]

    def parcel(self, held: list[Held], comer: Comer, day: date, number: int) -> None:
        """The `number`th from 0: taken in, and all but the last handed over and closed."""
        self._writing.clock.at += 1000
        case_id = self._shelf.new_id(self._writing.clock.at)
        service = self._chance.choices(_KINDS, _SHARES)[0]
        prisoner = held[comer.place]
        rows = [
            *self._head(case_id, service, prisoner, comer, day),
            *self._contents(case_id, service, prisoner, comer, day, number),
        ]
        stands = number >= self._count - STANDING
        place = {"place": str(self.places[number % len(self.places)])} if stands else None
        steps: list[tuple[str, str, object]] = [
            ("weighed", "inspected", {"grams": 9000, "scale": 1}),
            ("accepted", "stored", place),
        ]
        if service in _POSTED:
            steps.insert(1, ("opened", "inspected", {"staff": [str(OFFICER.staff_id)]}))
        rows += self._steps(case_id, 1, steps)
        self._write(Action.ACCEPT_GOODS, case_id, rows)
        if stands:
            return
        self._writing.clock.at += 1000
        closed: list[tuple[str, str, object]] = [
            ("handed_over", "handed_over", {"signed": 1}),
            ("closed", "closed", None),
        ]
        handed_over = list(self._steps(case_id, len(steps) + 1, closed))
        self._write(Action.HAND_OVER, case_id, handed_over)

    def words(self) -> None:
        """What things were called that no catalogue knows."""
        for start in range(0, len(self._words), 500):
            with self._shelf.entry(self._desk, Action.ACCEPT_GOODS, OFFICER.staff_id) as e:
                for item_id, prisoner_id in self._words[start : start + 500]:
                    e.add(
                        ItemWords, item_id=item_id, prisoner_id=prisoner_id, words="фотоальбом"
                    )

    # ---- rows

    def _write(self, action: Action, case_id: bytes, rows: list[_Row]) -> None:
        self._shelf.write(self._desk, action, OFFICER.staff_id, case_id, rows)

    def _row(self, model: type[Fact], **columns: Value) -> _Row:
        at = self._writing.clock.at
        return model, {"id": self._shelf.new_id(at), "staff_id": _STAFF, **columns}

    def _head(
        self, case_id: bytes, service: Service, prisoner: Held, comer: Comer, day: date
    ) -> Iterator[_Row]:
        at, shelf = self._writing.clock.at, self._shelf
        yield self._row(
            Case,
            id=case_id,
            service=service,
            prisoner_id=prisoner.prisoner_id.bytes,
            prisoner_detail_id=prisoner.detail_id.bytes,
            day=str(day),
            at=at,
        )
        sender: dict[str, Value] = {
            "id": shelf.new_id(at),
            "case_id": case_id,
            "no": 1,
            "person_id": comer.person_id.bytes,
            "detail_id": comer.detail_id.bytes,
            "document_id": None if service in _POSTED else comer.document_id.bytes,
            "role": "sender",
            "relation": comer.relation.value,
        }
        yield Member, sender
        yield self._row(
            Decision,
            case_id=case_id,
            at=at,
            rule_set_id=self._writing.rule_set_id.bytes,
            result="allow",
            reasons="[]",
            inputs=INPUTS,
        )
        yield self._numbered("P", str(day.year), case_id)

    def _numbered(self, series: str, period: str, object_id: bytes) -> _Row:
        number = {
            "id": self._shelf.new_id(self._writing.clock.at),
            "series": series,
            "period": period,
            "no": self._shelf.number(self._desk.gate, series, period),
            "object_id": object_id,
        }
        return RegisterNumber, number

    def _steps(
        self, case_id: bytes, first: int, steps: list[tuple[str, str, object]]
    ) -> Iterator[_Row]:
        for no, (kind, state, data) in enumerate(steps, first):
            yield self._row(
                Step,
                case_id=case_id,
                no=no,
                kind=kind,
                state=state,
                at=self._writing.clock.at,
                data=None if data is None else json.dumps(data, separators=(",", ":")),
            )

    def _contents(
        self,
        case_id: bytes,
        service: Service,
        prisoner: Held,
        comer: Comer,
        day: date,
        number: int,
    ) -> Iterator[_Row]:
        chance = self._chance
        net = chance.randint(3_000, 14_000)
        parcel: dict[str, Value] = {
            "id": self._shelf.new_id(self._writing.clock.at),
            "case_id": case_id,
            "gross_grams": net + 1_000,
            "net_grams": net,
            "weighed_by": WeighedBy.SCALE.value,
            "keep_until": self._writing.clock.at + _KEEPS if number % 4 == 0 else None,
            "post_no": f"RR{number:09d}KG" if service in _POSTED else None,
        }
        yield Parcel, parcel
        is_found = number % _WITH_FIND == 0
        left = net
        for no, thing in enumerate(chance.sample(self._things, LINES - 1), 1):
            grams = chance.randint(100, 400) if thing.unit is Unit.KILOGRAM else 0
            verdict, reason = Verdict.ACCEPT, None
            if no == 1 and is_found:
                verdict, grams = Verdict.SEIZE, 500
            elif no == 2 and number % 2:
                verdict, reason, grams = Verdict.REFUSE, ItemReason.FORBIDDEN, 500
            elif verdict is Verdict.ACCEPT:
                left -= grams
            yield self._item(case_id, no, thing, prisoner, verdict, reason, grams)
        yield self._item(case_id, LINES, None, prisoner, Verdict.ACCEPT, None, left)
        if is_found:
            yield from self._find(case_id, prisoner, comer, day, number)
        yield self._row(
            Ledger,
            prisoner_id=prisoner.prisoner_id.bytes,
            service=service,
            counts_on=str(day),
            kind="use",
            pieces=1,
            grams=net,
            case_id=case_id,
            rule="P-02",
        )

    def _item(
        self,
        case_id: bytes,
        no: int,
        thing: CatalogueEntry | None,
        prisoner: Held,
        verdict: Verdict,
        reason: ItemReason | None,
        grams: int,
    ) -> _Row:
        item_id = self._shelf.new_id(self._writing.clock.at)
        if thing is not None and self._chance.randrange(_WITH_WORDS) == 0:
            self._words.append((UUID(bytes=item_id), prisoner.prisoner_id))
            thing = None
        item: dict[str, Value] = {
            "id": item_id,
            "case_id": case_id,
            "no": no,
            "catalogue_id": thing.catalogue_id.bytes if thing is not None else None,
            "code": thing.code if thing is not None else None,
            "goods_class": (thing.goods_class if thing is not None else GoodsClass.OTHER).value,
            "unit": (thing.unit if thing is not None else Unit.KILOGRAM).value,
            "pieces": 0 if grams or thing is None else self._chance.randint(1, 4),
            "grams": grams,
            "verdict": verdict.value,
            "reason": reason.value if reason is not None else None,
        }
        return Item, item

    def _find(
        self, case_id: bytes, prisoner: Held, comer: Comer, day: date, number: int
    ) -> Iterator[_Row]:
        at = self._writing.clock.at
        find_id = self._shelf.new_id(at)
        yield self._row(
            Find,
            id=find_id,
            case_id=case_id,
            item_no=1,
            person_id=comer.person_id.bytes,
            prisoner_id=prisoner.prisoner_id.bytes,
            channel=FindChannel.PACKAGE,
            at=at,
            found_by=_STAFF,
        )
        yield self._numbered("F", str(day.year), find_id)
        yield self._row(
            FindThing,
            find_id=find_id,
            kind=FindClass.SIM,
            pieces=6,
            unit=Unit.PIECE,
            hidden_in=HidingPlace.JAR,
        )
        if number < self._count - _NO_ACT * _WITH_FIND:
            yield self._row(
                FindAct,
                find_id=find_id,
                act_no=f"A-{number}",
                article="Offences Code 446",
                passed_to=PassedTo.POLICE,
                at=at,
            )
