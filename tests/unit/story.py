"""A day at the gate that leaves at least one row in every table that is never changed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kiosk.codes import Action, MemberRole, SearchKind, Series, Service, Sex, StepKind
from kiosk.models import (
    Case,
    CatalogueItem,
    Decision,
    Deposit,
    Document,
    Drawing,
    DrawSeed,
    Ending,
    Erasure,
    Find,
    FindAct,
    FindThing,
    FindWords,
    Gate,
    ImportBatch,
    IndividualRule,
    Item,
    ItemWords,
    Kinship,
    Ledger,
    Member,
    Note,
    Parcel,
    Permission,
    Person,
    PersonDetail,
    Place,
    Presence,
    PrintJob,
    Prisoner,
    PrisonerDetail,
    PrisonerEvent,
    ReportTaken,
    Restriction,
    Review,
    Room,
    Rule,
    RuleSet,
    SamePerson,
    Search,
    Signature,
    SignIn,
    SlotBlock,
    Spool,
    Staff,
    Step,
    StepWords,
    Ticket,
    TicketStep,
    VisitPlan,
    VisitSlot,
)
from kiosk.services.desk import Desk
from kiosk.services.entry import Entry, entry
from kiosk.services.search_words import remember


@dataclass(frozen=True)
class Story:
    staff: UUID
    person: UUID
    detail: UUID
    prisoner: UUID
    rule_set: UUID
    case: UUID
    member: UUID


def tell(desk: Desk) -> Story:
    """Writes the day in four entries and leaves one visitor inside; run it with `write`."""
    with entry(desk, Action.FOUND_GATE) as e:
        e.add(
            Gate, id=1, prison="p1", prison_name="Prison 1", name="G", time_zone="Asia/Bishkek"
        )
        staff = e.new_id()
        e.add(Staff, staff_id=staff, login="bek", name="Бек", sex="M", roles=[], active=True)
        e.add(SignIn, staff_id=staff, kind="in", window="1")
        rule_set = e.add(
            RuleSet,
            name="KG",
            version="1",
            valid_from=e.day,
            source="s",
            content_hash=bytes(32),
        )
        e.add(
            Rule,
            rule_set_id=rule_set,
            code="T01",
            services=["short_visit"],
            limit="count",
            period="year",
            value=3,
            legal_ref="art. 1",
        )
    with entry(desk, Action.RECORD_PRISONER, staff_id=staff) as e:
        prisoner = e.add(Prisoner, at=e.now)
        prisoner_detail = e.add(
            PrisonerDetail,
            prisoner_id=prisoner,
            file_number="77-1",
            prison="p1",
            surname="Осмонов",
            given="Талант",
            birth_year=1980,
            sex=Sex.MALE,
        )
        remember(SearchKind.PRISONER, prisoner, "Осмонов", "Талант", "77-1")
        e.add(PrisonerEvent, prisoner_id=prisoner, kind="regime", value="strict", from_at=e.now)
    with entry(desk, Action.RECORD_PERSON, staff_id=staff) as e:
        person, detail = add_person(e, "Асанов")
        ban = e.add(
            Restriction,
            prisoner_id=prisoner,
            kind="ban",
            from_day=e.day,
            ground="order",
            issuer="head",
        )
        e.add(
            Ending,
            target_id=ban,
            target="restriction",
            reason="lifted",
            on_day=e.day,
            staff_id=staff,
        )
        gone, _ = add_person(e, "Забытый")
        e.add(Erasure, subject_id=gone, ground="retention", at=e.now)
    with entry(desk, Action.ADMIT, staff_id=staff) as e:
        case = e.add(
            Case,
            service=Service.SHORT_VISIT,
            prisoner_id=prisoner,
            prisoner_detail_id=prisoner_detail,
            day=e.day,
            at=e.now,
            staff_id=staff,
        )
        e.object_id = case
        member = e.add(
            Member, case_id=case, no=1, person_id=person, detail_id=detail, role=MemberRole.LEAD
        )
        e.add(
            Decision,
            case_id=case,
            at=e.now,
            rule_set_id=rule_set,
            result="allow",
            reasons=[],
            inputs={"adults": 1},
            staff_id=staff,
        )
        e.add(
            Ledger,
            prisoner_id=prisoner,
            service=Service.SHORT_VISIT,
            counts_on=e.day,
            kind="use",
            pieces=1,
            grams=0,
            case_id=case,
            staff_id=staff,
        )
        add_step(e, case, 1, StepKind.ADMITTED, "admitted", staff)
        add_step(e, case, 2, StepKind.ENTERED, "inside", staff, member)
        Presence.create(member_id=member, person_root=person, case_id=case, since=e.now)
        e.number(Series.VISIT, case)
        _at_the_window(e, staff, person, prisoner, member)
        _planned(e, staff, case)
        _brought(e, staff, case, person, prisoner)
        e.add(Signature, target_id=rule_set, signer="Бек", staff_id=staff)
        e.add(
            IndividualRule,
            prisoner_id=prisoner,
            code="I1",
            services=["short_visit"],
            limit="count",
            period="year",
            value=5,
            legal_ref="order 7",
            from_day=e.day,
            staff_id=staff,
        )
        e.add(
            ImportBatch,
            kind="prisoners",
            file_hash=bytes(32),
            rows=1,
            rejected=0,
            staff_id=staff,
        )
        job = e.add(PrintJob, case_id=case, template="badge", language="ky", body_mac=bytes(32))
        Spool.create(job_id=job, state="queued", body={"name": "Асанов"}, last_at=e.now)
    return Story(staff, person, detail, prisoner, rule_set, case, member)


def _at_the_window(e: Entry, staff: UUID, person: UUID, prisoner: UUID, member: UUID) -> None:
    """Who they are to each other, the queue, what was left, the search, what to look at."""
    e.add(SamePerson, a_id=person, b_id=e.new_id(), ground="face", staff_id=staff)
    e.add(Note, subject_id=person, text="Хромает", staff_id=staff)
    e.add(
        Kinship,
        person_id=person,
        prisoner_id=prisoner,
        kind="sibling",
        proof="birth_certificate",
        consent="yes",
        approved_by=staff,
        from_day=e.day,
        staff_id=staff,
    )
    permission = e.add(
        Permission,
        prisoner_id=prisoner,
        person_id=person,
        office="court 1",
        issuer="court",
        paper_no="4",
        from_day=e.day,
        uses=1,
        staff_id=staff,
    )
    ticket = e.add(
        Ticket,
        day=e.day,
        at=e.now,
        service="short_visit",
        person_id=person,
        prisoner_id=prisoner,
        answer="pass",
        reasons=[],
        staff_id=staff,
    )
    e.add(
        TicketStep,
        ticket_id=ticket,
        no=1,
        state="waiting",
        at=e.now,
        window="1",
        reason="order",
        staff_id=staff,
    )
    e.add(
        Deposit, member_id=member, tag="037", what="phone", pieces=1, at=e.now, staff_id=staff
    )
    e.add(
        Search,
        member_id=member,
        level="detector",
        officer_id=staff,
        officer_sex="M",
        consent="yes",
        result="nothing",
        at=e.now,
        staff_id=staff,
    )
    e.add(Review, subject_id=person, kind="double", cause_id=permission, at=e.now)
    e.add(
        ReportTaken,
        staff_id=staff,
        name="visits",
        form="csv",
        from_day=e.day,
        to_day=e.day,
        service="short_visit",
        masked=False,
    )


def _planned(e: Entry, staff: UUID, case: UUID) -> None:
    """A session in a room, closed again, and the case in it."""
    room = e.add(Room, code="hall", kind="short", seats=4, staff_id=staff)
    slot = e.add(
        VisitSlot, room_id=room, day=e.day, from_min=540, to_min=780, seats=4, staff_id=staff
    )
    e.add(SlotBlock, slot_id=slot, reason="staff", staff_id=staff)
    e.add(SlotBlock, day=e.day, reason="holiday", staff_id=staff)
    e.add(VisitPlan, case_id=case, slot_id=slot, nights=0)


def _brought(e: Entry, staff: UUID, case: UUID, person: UUID, prisoner: UUID) -> None:
    """A jar of honey with a SIM card in it, for which the lot had fallen, and its act."""
    honey = e.add(
        CatalogueItem,
        code="ho",
        name_ky="бал",
        name_ru="мёд",
        name_en="honey",
        goods_class="food",
        unit="piece",
        allowed="allowed",
        medical=False,
        inspection="open",
        valid_from=e.day,
        legal_ref="order 379",
        staff_id=staff,
    )
    e.add(Place, code="C-01", kind="cold", capacity=2, staff_id=staff)
    seed = e.add(DrawSeed, day=e.day, seed=bytes(32), percent=100)
    e.add(
        Drawing,
        seed_id=seed,
        no=1,
        person_id=person,
        prisoner_id=prisoner,
        drawn=True,
        at=e.now,
        staff_id=staff,
    )
    e.add(Parcel, case_id=case, gross_grams=800, net_grams=0, weighed_by="scale")
    item = e.add(
        Item,
        case_id=case,
        no=1,
        catalogue_id=honey,
        code="ho",
        goods_class="food",
        unit="piece",
        pieces=1,
        grams=800,
        verdict="seize",
    )
    e.add(ItemWords, item_id=item, prisoner_id=prisoner, words="Бал, банка")
    e.add(StepWords, step_id=item, prisoner_id=prisoner, signed_by="Доктор Осмонов")
    find = e.add(
        Find,
        case_id=case,
        item_no=1,
        person_id=person,
        prisoner_id=prisoner,
        channel="package",
        at=e.now,
        found_by=staff,
        staff_id=staff,
    )
    e.add(
        FindThing,
        find_id=find,
        kind="sim",
        pieces=6,
        unit="piece",
        hidden_in="jar",
        staff_id=staff,
    )
    e.add(FindWords, find_id=find, subject_id=person, hidden="Капкактын астында")
    e.add(
        FindAct,
        find_id=find,
        act_no="A-1",
        article="446",
        passed_to="police",
        at=e.now,
        staff_id=staff,
    )


def add_person(e: Entry, surname: str) -> tuple[UUID, UUID]:
    """A visitor with one version of their details and one document: person and detail."""
    person = e.add(Person, at=e.now)
    detail = e.add(
        PersonDetail, person_id=person, surname=surname, given="Азамат", birth="1985", sex="M"
    )
    remember(SearchKind.PERSON, person, surname, "Азамат")
    remember(SearchKind.PERSON, person, "ID1234567")
    e.add(
        Document,
        person_id=person,
        kind="id_card",
        country="KGZ",
        number="ID1234567",
        source="scan",
        check="ok",
    )
    return person, detail


def add_step(
    e: Entry,
    case: UUID,
    no: int,
    kind: str,
    state: str,
    staff: UUID,
    member: UUID | None = None,
) -> UUID:
    return e.add(
        Step,
        case_id=case,
        no=no,
        kind=kind,
        state=state,
        at=e.now,
        staff_id=staff,
        member_id=member,
    )
