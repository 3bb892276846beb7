"""The menu: what was left half done stands there whole."""

from __future__ import annotations

import pytest

from kiosk.codes import DraftKind
from kiosk.screens.menu import draft_text
from kiosk.text import LANGUAGES, _, use
from kiosk.values import DraftLine


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", DraftKind)
def test_a_long_name_leaves_room_for_what_was_left(language: str, kind: DraftKind) -> None:
    use(language)
    try:
        said = draft_text(DraftLine(kind, "Сатыбалдиева-Токтосунова Г.", 0))
        whole = draft_text(DraftLine(kind, "Ли А.", 0))
        unnamed = draft_text(DraftLine(kind, "", 0))
        begins = _("Draft: {what}").format(what="")
    finally:
        use("en")
    what = unnamed.removeprefix(begins)
    assert whole == f"{begins}Ли А., {what}"
    assert said.startswith(f"{begins}Сатыбал")
    assert (said.endswith(f"…, {what}"), len(said) <= 37) == (True, True)
