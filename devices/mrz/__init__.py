"""The machine-readable zone (ICAO Doc 9303) of a document: bytes in, checked fields out.

`read` takes the bytes of a reader, `parse` the lines; both answer a `Document`, which
`as_json` turns into the object that `kiosk read` prints.
"""

from devices.mrz.answer import (
    Document,
    Evidence,
    Format,
    Reason,
    ReasonCode,
    Sex,
    Status,
    as_json,
)
from devices.mrz.parse import parse
from devices.mrz.raw import read

__all__ = [
    "Document",
    "Evidence",
    "Format",
    "Reason",
    "ReasonCode",
    "Sex",
    "Status",
    "as_json",
    "parse",
    "read",
]
