"""Override: a signature that could not be kept at once may be given again for the same bag."""

from __future__ import annotations

from uuid import UUID

import pytest

from kiosk.codes import OverrideGround, Service, Sex
from kiosk.errors import StorageError
from kiosk.screens.override import OverrideScreen
from kiosk.text import N_
from kiosk.values import MemberRequest, Officer
from kiosk.values.goods import GoodsRequest
from kiosk.widgets.fields import Text

SIGNER = Officer(UUID(int=7), "bekova", "Бекова", Sex.FEMALE, frozenset())


class FullDisk:
    """A kiosk that knows who signs, and then cannot keep it."""

    signed_in = SIGNER

    async def write(self, *_what: object) -> Officer:
        return SIGNER

    async def go(self, *_where: object, **_how: object) -> None:
        raise StorageError(N_("The disk is full."))


class Signing(OverrideScreen):
    kiosk = FullDisk()  # type: ignore[assignment]  # stands in for the app


async def test_the_bag_that_was_to_be_signed_for_is_still_known_after_a_full_disk() -> None:
    screen = Signing()
    bag = GoodsRequest(
        UUID(int=1), Service.PACKAGE, UUID(int=2), MemberRequest(UUID(int=3), None)
    )
    screen.request = bag
    filled = {
        "ground": OverrideGround.ORDER.value,
        "words": "приказ 7",
        "login": "bekova",
        "passphrase": "x",
    }
    for _try in range(2):
        screen.form.load([Text(name, "") for name in filled], filled)
        with pytest.raises(StorageError):
            await screen.save()
        assert screen.request is bag
