"""What a list of the paper journals' counts would change; F2 records it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kiosk.lists.balances import BalanceList
from kiosk.screens.list_preview import ListPreviewScreen
from kiosk.text import N_, _, fill
from kiosk.values.imports import BalancePreview


class CountsPreviewScreen(ListPreviewScreen):
    """Only rejected lines are told one by one: what is right is a number beside a name."""

    TITLE_TEXT = N_("PAPER COUNTS")

    async def look(self, path: Path) -> None:
        from kiosk.services import balance_import

        self.list, shown = await self.kiosk.read(
            balance_import.look, self.kiosk.signed_in, path
        )
        self.preview = shown
        self.items = shown.rejected

    async def record(self) -> tuple[int, int, int]:
        from kiosk.services import balance_import

        assert isinstance(self.list, BalanceList)
        done = await self.kiosk.write(balance_import.apply, self.kiosk.signed_in, self.list)
        return done.new, done.changed, len(done.rejected)

    def counts(self) -> Sequence[str]:
        preview = self.preview
        assert isinstance(preview, BalancePreview)
        return (
            fill(
                _("new {new}  changed {changed}  unchanged {unchanged}  rejected {rejected}"),
                new=preview.new,
                changed=preview.changed,
                unchanged=preview.unchanged,
                rejected=len(preview.rejected),
            ),
        )
