"""The kinds of fields a form can ask for; screens take them from here."""

from kiosk.widgets.choices import Choice, Lookup, Option
from kiosk.widgets.dates import Date, Side
from kiosk.widgets.field import Complaint, Field, Marks, Name, Passphrase, Reading, Text
from kiosk.widgets.numbers import (
    Country,
    DocumentNumber,
    Measure,
    Number,
    PersonalNumber,
    Phone,
)

__all__ = [
    "Choice",
    "Complaint",
    "Country",
    "Date",
    "DocumentNumber",
    "Field",
    "Lookup",
    "Marks",
    "Measure",
    "Name",
    "Number",
    "Option",
    "Passphrase",
    "PersonalNumber",
    "Phone",
    "Reading",
    "Side",
    "Text",
]
