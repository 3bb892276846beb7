"""The gate itself."""

from __future__ import annotations

from kiosk.models.base import Frozen
from kiosk.models.fields import Big, Cleaned, Code, Small


class Gate(Frozen):
    """A gate, under the number that the centre gave it; 1 while there is one gate only."""

    id = Small(primary_key=True)
    gate_id = Small()  # the gate that wrote the row
    audit_seq = Big()
    prison = Code()
    prison_name = Cleaned(200)
    name = Cleaned(100)
    time_zone = Cleaned(60)
