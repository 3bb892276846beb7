"""How somebody is called, by a row of the register that names them."""

from __future__ import annotations

from kiosk.models import PersonDetail, PrisonerDetail
from kiosk.values import Name


def called(detail: PersonDetail | PrisonerDetail) -> Name:
    """The name in that version of a visitor or a prisoner."""
    return Name(detail.surname, detail.given, detail.patronymic or "")
