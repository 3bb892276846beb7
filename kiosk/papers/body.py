"""What every paper of the gate has."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What every paper has.

    `number` is that of the case or ticket as shown (P-26-003341), "" for a list that has none;
    `code` is what the barcode or QR holds (`kiosk.paper_code`, `kiosk.badge_code`).
    `language` is the visitor's on papers for visitors, "" when nobody asked; on papers for the
    prison it is the site's first. `copy_no` is 0 on the first print; a copy also says when the
    first was made (`first_made`).
    """

    site_name: str
    number: str = ""
    code: str = ""
    language: str
    copy_no: int = 0
    first_made: str | None = None
