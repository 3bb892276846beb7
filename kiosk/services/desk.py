"""The post at which services act: its gate, its clock and zone, its key of proof."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from kiosk.clock import Clock, local_day
from kiosk.rules.terms import PeriodStart


@dataclass(frozen=True, slots=True)
class Desk:
    """What every service is given first. `audit_key` keys the chain and the seals."""

    gate: int
    prison: str
    site_name: str
    zone: ZoneInfo
    clock: Clock
    audit_key: bytes = field(repr=False)
    languages: tuple[str, ...] = ("ky", "ru", "en")
    period_start: PeriodStart = PeriodStart.CALENDAR
    min_interval: bool = False
    window: str = "1"
    """Which of the gate's windows this is: tickets are called to it, drafts wait at it."""
    enters_after_search: bool = False
    """Whether members go in once their search is recorded, not with the admission."""
    movement_slip: bool = False
    """Whether the first admission of a case prints the order to fetch the prisoner."""
    extra_check_percent: int = 0
    """How many of a hundred packages and parcels the lot falls on."""
    commission: int = 2
    """How many staff open a posted parcel together."""
    keep_days: int = 30
    """For how many days a parcel that nobody can hand over is kept."""
    article: str = ""
    """What is proposed as the article of an act."""
    fine_tyiyn: int = 0
    """The fine of that article (100 to a som); 0: none is proposed."""
    phone_fine_tyiyn: int = 0
    """The same where a phone was found."""
    fine_payment: tuple[str, ...] = ()
    """Where and how it is paid, as the notice prints it."""
    fine_days: int = 0
    """In how many days it is to be paid; 0: the notice names no day."""

    def day(self) -> date:
        """Today, as the site's calendar has it."""
        return local_day(self.clock.now(), self.zone)
