"""A window at which bags are listed, without its glass: the till and the register behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

from kiosk.codes import Relation, Service
from kiosk.screens.goods import package_case
from kiosk.screens.goods.brought import Brought
from kiosk.screens.goods.package_case import PackageCase
from kiosk.services.desk import Desk
from kiosk.values import Officer, PersonCard, PrisonerCard
from tests.unit.services.gatehouse import Gatehouse

if TYPE_CHECKING:
    from kiosk.app import KioskApp

P = ParamSpec("P")
T = TypeVar("T")

_NAMED = {"\r": "enter", "\x1b": "escape", "^": "up"}


@dataclass
class Window:
    """What a bag's screen needs of the kiosk: who is signed in, and the register."""

    gatehouse: Gatehouse
    desk: Desk
    signed_in: Officer

    @classmethod
    def of(cls, gatehouse: Gatehouse) -> Window:
        return cls(gatehouse, gatehouse.desk, gatehouse.officer)

    def today(self) -> date:
        return self.desk.day()

    async def read(
        self, fn: Callable[Concatenate[Desk, P], T], *args: P.args, **kw: P.kwargs
    ) -> T:
        return self.gatehouse.db.run_read(fn, self.desk, *args, **kw)

    async def write(
        self, fn: Callable[Concatenate[Desk, P], T], *args: P.args, **kw: P.kwargs
    ) -> T:
        return self.gatehouse.db.run_write(fn, self.desk, *args, **kw)

    # ---- as the screen does

    async def bring(
        self, sender: PersonCard, prisoner: PrisonerCard, service: Service = Service.PACKAGE
    ) -> PackageCase:
        """Somebody stands there with a bag."""
        brought = Brought(service, sender, prisoner, relation=Relation.SIBLING)
        return await package_case.new(self._as_kiosk, brought)

    async def take_up(self) -> PackageCase:
        """The menu goes on with what was left."""
        return await package_case.taken_up(self._as_kiosk)

    async def type(self, case: PackageCase, keys: str) -> None:
        """Each character is a key; the bag is kept at each change of it."""
        from kiosk.screens.goods.entry_questions import Answer

        for key in keys:
            named = _NAMED.get(key)
            answer = case.till.press(named or key, None if named else key)
            if answer is Answer.CHANGED:
                await case.keep()

    @property
    def _as_kiosk(self) -> KioskApp:
        return cast("KioskApp", self)
