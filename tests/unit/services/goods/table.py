"""The table at which a bag is unpacked: a small catalogue, lines as an officer types them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from kiosk.codes import (
    Action,
    Allowed,
    FindClass,
    GoodsClass,
    HidingPlace,
    Inspection,
    ItemReason,
    Relation,
    Service,
    Unit,
    Verdict,
)
from kiosk.papers import ThingName
from kiosk.services.desk import Desk
from kiosk.services.entry import entry as transaction
from kiosk.services.goods import accepting, asking, catalogue
from kiosk.values import MemberRequest, Officer, Override, PersonCard, PrisonerCard
from kiosk.values.goods import (
    BroughtLine,
    CatalogueEntry,
    GoodsProposal,
    GoodsRecorded,
    GoodsRequest,
    Seized,
)
from tests.unit.services.gatehouse import Gatehouse

SIM_CARDS = Seized(FindClass.SIM, 6, Unit.PIECE, HidingPlace.JAR)


def entry(code: str, name: str, **told: Any) -> CatalogueEntry:
    """Food that may pass, counted in pieces, unless told else."""
    return replace(
        CatalogueEntry(
            catalogue_id=UUID(int=int.from_bytes(code.encode(), "big")),
            code=code,
            code_ky="",
            code_ru="",
            name=ThingName(name, name, name),
            goods_class=GoodsClass.FOOD,
            unit=Unit.PIECE,
            allowed=Allowed.ALLOWED,
            inspection=Inspection.LOOK,
            legal_ref="Order 111",
        ),
        **told,
    )


THINGS = (
    entry("te", "tea"),
    entry("su", "sugar", unit=Unit.KILOGRAM, allowed=Allowed.LIMITED, max_grams=2000),
    entry("ap", "apples", unit=Unit.KILOGRAM, perishable_hours=48),
    entry("br", "bread", goods_class=GoodsClass.PERISHABLE, perishable_hours=8),
    entry("ci", "cigarettes", goods_class=GoodsClass.TOBACCO, unit=Unit.PACK),
    entry("so", "soap", goods_class=GoodsClass.HYGIENE, allowed=Allowed.LIMITED, max_pieces=5),
    entry("me", "medicine", goods_class=GoodsClass.MEDICINE, medical=True),
    entry("vo", "vodka", goods_class=GoodsClass.ALCOHOL, allowed=Allowed.FORBIDDEN),
    entry("ho", "honey"),
    entry("po", "potatoes", unit=Unit.KILOGRAM),
    entry("pa", "passport", goods_class=GoodsClass.DOCUMENT),
    entry("mo", "money", goods_class=GoodsClass.MONEY),
)


@dataclass
class Table:
    """One table of a gatehouse; `things` by their code."""

    gatehouse: Gatehouse
    things: dict[str, CatalogueEntry] = field(default_factory=dict)

    def __post_init__(self) -> None:
        def enter(desk: Desk) -> tuple[CatalogueEntry, ...]:
            with transaction(desk, Action.IMPORT_CATALOGUE) as e:
                entries = [replace(one, valid_from=e.day) for one in THINGS]
                return catalogue.add_all(e, None, entries)

        self.things = {one.code: one for one in self.gatehouse.do(enter)}

    def enter(self, one: CatalogueEntry) -> None:
        recorded = self.gatehouse.do(catalogue.record, self.gatehouse.supervisor, one)
        self.things[one.code] = recorded

    def line(self, code: str, how_much: int = 1, **told: Any) -> BroughtLine:
        """So many pieces, or grams of what is weighed."""
        thing = self.things[code]
        weighed = thing.unit is Unit.KILOGRAM
        line = BroughtLine(thing, 0 if weighed else how_much, how_much if weighed else 0)
        return replace(line, **told)

    def request(
        self,
        prisoner: PrisonerCard,
        sender: PersonCard,
        *lines: BroughtLine,
        gross: int | None = None,
        **told: Any,
    ) -> GoodsRequest:
        request = GoodsRequest(
            case_id=accepting.new_case_id(self.gatehouse.desk),
            service=Service.PACKAGE,
            prisoner_id=prisoner.prisoner_id,
            sender=MemberRequest(sender.person_id, Relation.SIBLING),
            lines=lines,
            gross_grams=gross,
        )
        return replace(request, **told)

    def propose(self, request: GoodsRequest, *, signed: bool = False) -> GoodsProposal:
        house = self.gatehouse
        return house.ask(asking.propose, house.officer, request, signed=signed)

    def accept(
        self,
        request: GoodsRequest,
        override: Override | None = None,
        by: Officer | None = None,
    ) -> GoodsRecorded:
        """Propose, and close the bag as a second person saw it, where one signs."""
        if override is not None:
            request = request.signed_for()
        seen = self.propose(request, signed=override is not None)
        return self.gatehouse.do(
            accepting.accept,
            by or self.gatehouse.officer,
            request,
            seen.decision,
            seen.earlier,
            override,
        )

    def refuse(self, request: GoodsRequest) -> GoodsRecorded:
        seen = self.propose(request).decision
        return self.gatehouse.do(accepting.refuse, self.gatehouse.officer, request, seen)

    def brought(self, *lines: BroughtLine, gross: int = 5000, **told: Any) -> GoodsRecorded:
        """A bag of these lines by a sender of its own for a prisoner of its own."""
        house = self.gatehouse
        request = self.request(house.prisoner(), house.visitor(), *lines, gross=gross, **told)
        return self.accept(request)


def goes_back(line: BroughtLine, grams: int | None = None, **told: Any) -> BroughtLine:
    told.setdefault("reason", ItemReason.PACKING)
    return replace(line, verdict=Verdict.REFUSE, left_out_grams=grams, **told)


def seized(line: BroughtLine, grams: int | None = None) -> BroughtLine:
    return replace(line, verdict=Verdict.SEIZE, left_out_grams=grams, seized=SIM_CARDS)
