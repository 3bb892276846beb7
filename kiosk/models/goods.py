"""What is brought for a prisoner: the catalogue, parcels and their items, places, finds."""

from __future__ import annotations

from peewee import SQL, Check

from kiosk.codes import (
    Allowed,
    FindChannel,
    FindClass,
    GoodsClass,
    HidingPlace,
    Inspection,
    ItemReason,
    PassedTo,
    PlaceKind,
    Unit,
    Verdict,
    WeighedBy,
)
from kiosk.models.base import Fact, Personal
from kiosk.models.fields import Big, Bytes, Cleaned, Code, Day, Flag, Id, Int, Ms, Small

MOST_GRAMS = 500_000  # nobody carries more than 500 kg to a gate


class CatalogueItem(Fact):
    """A thing of the catalogue from `valid_from` on, until a later row of its code.

    `code` is Latin; `code_ky` and `code_ru` are what is typed in those languages. The limits
    are those of one package. `staff_id` None: it came with Gatebook.
    """

    code = Cleaned(4)
    code_ky = Cleaned(4, null=True)
    code_ru = Cleaned(4, null=True)
    name_ky = Cleaned(40)
    name_ru = Cleaned(40)
    name_en = Cleaned(40)
    goods_class = Code(GoodsClass)
    unit = Code(Unit)
    allowed = Code(Allowed)
    max_pieces = Int(null=True)
    max_grams = Int(null=True)
    perishable_hours = Small(null=True)
    medical = Flag()
    inspection = Code(Inspection)
    valid_from = Day()
    legal_ref = Cleaned(300)
    staff_id = Id(null=True)

    class Meta:
        constraints = (
            Check("max_pieces IS NULL OR max_pieces > 0"),
            Check("max_grams IS NULL OR max_grams > 0"),
            Check("perishable_hours IS NULL OR perishable_hours > 0"),
        )
        indexes = ((("code", "valid_from"), False),)


class Parcel(Fact):
    """What a case of goods weighs. `net_grams` is what was accepted for the prisoner.

    `keep_until` is when the first of it spoils; `post_no` the number of a posted one.
    """

    case_id = Id("gate_case", unique=True)
    gross_grams = Int()
    net_grams = Int()
    weighed_by = Code(WeighedBy)
    keep_until = Ms(null=True)
    post_no = Cleaned(30, null=True)

    class Meta:
        constraints = (
            Check("0 <= net_grams AND net_grams <= gross_grams"),
            Check(f"gross_grams <= {MOST_GRAMS}"),
        )
        indexes = (
            SQL("CREATE INDEX parcel_post_no ON parcel (post_no) WHERE post_no IS NOT NULL"),
        )


class Item(Fact):
    """A line of a parcel, with one verdict; a thing of which a part goes back has two lines.

    `grams` is 0 where it was not weighed by itself. Without `catalogue_id` it is no thing of
    the catalogue (its name stands in `item_words`), or, without words too, all that needed no
    weight of its own: "other goods and packing". A correction stands in for the line
    `replaces`. `tyiyn` is an amount of money.
    """

    case_id = Id("gate_case")
    no = Small()
    catalogue_id = Id(null=True)
    code = Cleaned(4, null=True)
    goods_class = Code(GoodsClass)
    unit = Code(Unit)
    pieces = Int()
    grams = Int()
    tyiyn = Big(null=True)
    verdict = Code(Verdict)
    reason = Code(ItemReason, null=True)
    rule = Cleaned(24, null=True)
    replaces = Small(null=True)

    class Meta:
        constraints = (
            Check("grams >= 0"),
            Check("pieces >= 0"),
            Check("tyiyn IS NULL OR tyiyn >= 0"),
        )
        indexes = ((("case_id", "no"), True),)


class ItemWords(Personal):
    """What the catalogue does not say of a thing: its name in words, a document's number."""

    item_id = Id(index=True)
    prisoner_id = Id(index=True)
    words = Cleaned(40, null=True)
    paper_number = Cleaned(30, null=True)

    class Meta:
        subject = "prisoner_id"


class StepWords(Personal):
    """Who signed for a step of a parcel and has no account: the doctor that looked at it."""

    step_id = Id(index=True)
    prisoner_id = Id(index=True)
    signed_by = Cleaned(60)

    class Meta:
        subject = "prisoner_id"


class Place(Fact):
    """A place in the storage for `capacity` parcels; it is given up by an `ending`."""

    code = Cleaned(8)
    kind = Code(PlaceKind)
    capacity = Small()
    staff_id = Id()

    class Meta:
        constraints = (Check("capacity > 0"),)


class DrawSeed(Fact):
    """What the lots of a day are drawn from, made before the first of them; so anybody can
    draw them again. `percent` of what is brought is looked through once more."""

    day = Day()
    seed = Bytes(32)
    percent = Small()

    class Meta:
        indexes = ((("gate_id", "day"), True),)


class Drawing(Fact):
    """A lot: the `no`th of its seed. One a day for a sender and a prisoner, so that coming
    again draws no other."""

    seed_id = Id("draw_seed")
    no = Int()
    person_id = Id(null=True)
    prisoner_id = Id()
    drawn = Flag()
    at = Ms()
    staff_id = Id()

    class Meta:
        indexes = (
            (("seed_id", "no"), True),
            (("prisoner_id", "seed_id"), False),
        )


class Find(Fact):
    """That something forbidden was found; its number stands in the series F.

    `case_id` and `item_no` are the parcel and its seized line, or the visit of `member_id`.
    `person_id` is who brought it.
    """

    case_id = Id("gate_case", null=True, index=True)
    item_no = Small(null=True)
    member_id = Id(null=True)
    person_id = Id(null=True, index=True)
    prisoner_id = Id(null=True, index=True)
    channel = Code(FindChannel)
    at = Ms()
    found_by = Id()
    staff_id = Id()


class FindThing(Fact):
    """One kind of thing of a find, and where it was hidden; taken back by an `ending`."""

    find_id = Id("find", index=True)
    kind = Code(FindClass)
    pieces = Int()
    grams = Int(null=True)
    unit = Code(Unit)
    hidden_in = Code(HidingPlace)
    staff_id = Id()

    class Meta:
        constraints = (Check("pieces >= 0"), Check("grams IS NULL OR grams > 0"))


class FindWords(Personal):
    """What is said of a find in words; the row with its act says it anew.

    `subject_id` is who brought it, else the prisoner, else the find itself. `hidden` is where
    exactly it lay, `photos` their numbers, `witness` one who is not of the staff, `bringer` who
    brought it where the register knows nobody.
    """

    find_id = Id(index=True)
    subject_id = Id(index=True)
    hidden = Cleaned(60, null=True)
    photos = Cleaned(60, null=True)
    witness = Cleaned(60, null=True)
    bringer = Cleaned(60, null=True)
    words = Cleaned(300, null=True)

    class Meta:
        subject = "subject_id"


class FindAct(Fact):
    """The act of a find: by which article, who got the thing. A find has one."""

    find_id = Id("find")
    act_no = Cleaned(20)
    article = Cleaned(60)
    passed_to = Code(PassedTo)
    witness_id = Id(null=True)
    seal_no = Cleaned(20, null=True)
    fine_tyiyn = Big(null=True)
    at = Ms()
    staff_id = Id()

    class Meta:
        constraints = (
            Check("witness_id <> staff_id"),
            Check("fine_tyiyn IS NULL OR fine_tyiyn > 0"),
        )
        # Looked for by finds alone, too.
        indexes = ((("find_id", "gate_id"), True),)
