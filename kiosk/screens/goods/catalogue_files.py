"""A catalogue from a file: which one, what it would change, and its recording by F2."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kiosk.lists.catalogue import CatalogueList
from kiosk.screens.list_files import Files
from kiosk.screens.list_preview import ListPreviewScreen, changes_of
from kiosk.text import N_, _, fill
from kiosk.values.imports import CataloguePreview


class CatalogueFiles(Files):
    TITLE_TEXT = N_("CATALOGUE: A FILE")
    help_name = "catalogue"

    def guard(self) -> None:
        from kiosk.services import duty

        duty.must_supervise(self.kiosk.signed_in)

    @property
    def what(self) -> str:
        return _("Things")

    @property
    def preview(self) -> str:
        return "catalogue_preview"


class CataloguePreviewScreen(ListPreviewScreen):
    TITLE_TEXT = N_("CATALOGUE: A FILE")
    help_name = "catalogue"

    async def look(self, path: Path) -> None:
        from kiosk.services.goods import catalogue_import

        self.list, shown = await self.kiosk.read(
            catalogue_import.look, self.kiosk.signed_in, path
        )
        self.preview = shown
        self.items = (*shown.rejected, *shown.changed, *shown.new)

    async def record(self) -> tuple[int, int, int]:
        from kiosk.services.goods import catalogue_import

        assert isinstance(self.list, CatalogueList)
        done = await self.kiosk.write(catalogue_import.apply, self.kiosk.signed_in, self.list)
        return len(done.new), len(done.changed), len(done.rejected)

    def counts(self) -> Sequence[str]:
        preview = self.preview
        assert isinstance(preview, CataloguePreview)
        missing = fill(_("not in the file, they stay: {count}"), count=len(preview.missing))
        return changes_of(preview), missing
