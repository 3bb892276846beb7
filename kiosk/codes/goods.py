"""Things that are brought, what becomes of each, and what is found among them."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What becomes of a thing brought."""

    ACCEPT = "accept"
    MEDICAL = "medical"
    REFUSE = "refuse"
    SEIZE = "seize"


class MedicalFate(StrEnum):
    """What became of a thing for the medical unit."""

    WAITS = "waits"
    TAKEN = "taken"
    NOT_TAKEN = "not_taken"
    """The doctor did not take it: it waits for its sender."""
    RETURNED = "returned"


class ItemReason(StrEnum):
    """Why a thing brought goes back, or does not reach the prisoner."""

    OVER_LIMIT = "over_limit"
    FORBIDDEN = "forbidden"
    STOPPED = "stopped"
    """Its class is stopped for now, by a restriction."""
    NOT_LISTED = "not_listed"
    """The catalogue knows nothing like it."""
    SPOILED = "spoiled"
    PACKING = "packing"
    TAKEN_BACK = "taken_back"
    """The sender took it back."""


class Unit(StrEnum):
    """In what a thing brought is counted; KILOGRAM is weighed."""

    KILOGRAM = "kilogram"
    PIECE = "piece"
    PACK = "pack"
    LITRE = "litre"


class GoodsClass(StrEnum):
    """Kinds of things that rules and restrictions speak of; PERISHABLE is fresh food."""

    FOOD = "food"
    PERISHABLE = "perishable"
    TOBACCO = "tobacco"
    CLOTHING = "clothing"
    FOOTWEAR = "footwear"
    BEDDING = "bedding"
    HYGIENE = "hygiene"
    STATIONERY = "stationery"
    PRINTED = "printed"
    HOUSEHOLD = "household"
    RELIGIOUS = "religious"
    MEDICINE = "medicine"
    DOCUMENT = "document"
    MONEY = "money"
    VALUABLE = "valuable"
    ALCOHOL = "alcohol"
    DRUGS = "drugs"
    WEAPON = "weapon"
    ELECTRONICS = "electronics"
    OTHER = "other"


class Allowed(StrEnum):
    """Whether a thing of the catalogue may pass."""

    ALLOWED = "allowed"
    LIMITED = "limited"
    """Up to so many pieces or grams in one package."""
    FORBIDDEN = "forbidden"
    WITHDRAWN = "withdrawn"
    """It stands in the catalogue no more, as if it had never been there."""


class Inspection(StrEnum):
    """How a thing is looked into."""

    LOOK = "look"
    OPEN = "open"
    CUT = "cut"
    X_RAY = "x_ray"


class WeighedBy(StrEnum):
    """From where a weight comes."""

    SCALE = "scale"
    TYPED = "typed"


class PlaceKind(StrEnum):
    """Where a parcel is kept; COLD is for what spoils, SAFE for what of it lies in a safe."""

    SHELF = "shelf"
    COLD = "cold"
    SAFE = "safe"
    RETURNS = "returns"


class FindClass(StrEnum):
    """What was found; a phone costs its bringer more (Offences Code 446)."""

    PHONE = "phone"
    SIM = "sim"
    ELECTRONICS = "electronics"
    DRUGS = "drugs"
    ALCOHOL = "alcohol"
    MONEY = "money"
    BLADE = "blade"
    WEAPON = "weapon"
    CARDS = "cards"
    DOCUMENT = "document"
    MEDICINE = "medicine"
    OTHER = "other"


class HidingPlace(StrEnum):
    """Where a find was hidden."""

    OPEN = "open"
    """Not hidden at all."""
    TIN = "tin"
    JAR = "jar"
    BREAD = "bread"
    FOOD = "food"
    PACKING = "packing"
    CLOTHING = "clothing"
    SHOE = "shoe"
    BOOK = "book"
    HYGIENE = "hygiene"
    BAG = "bag"
    BODY = "body"
    OTHER = "other"


class FindChannel(StrEnum):
    """On which way it was to come in."""

    SHORT_VISIT = "short_visit"
    LONG_VISIT = "long_visit"
    OTHER_VISIT = "other_visit"
    PACKAGE = "package"
    POST = "post"
    STAFF = "staff"
    THROWN = "thrown"
    OTHER = "other"


class PassedTo(StrEnum):
    """Who got a find."""

    POLICE = "police"
    SECURITY = "security"
    STORE = "store"
    """It is kept in the prison."""
    DESTROYED = "destroyed"
    NOBODY = "nobody"


class GoneReason(StrEnum):
    """Why a stored parcel does not go to its prisoner."""

    DECLINED = "declined"
    EXPIRED = "expired"
    MOVED = "moved"
    """The prisoner was transferred or released."""
