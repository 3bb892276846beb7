"""Opening the register of a post: its key, its database, its gate and its rules."""

from __future__ import annotations

from kiosk import keyfile
from kiosk.clock import Clock, SystemClock
from kiosk.config import Settings
from kiosk.errors import ConfigurationError, StorageError
from kiosk.models import CatalogueItem
from kiosk.models.database import open_database
from kiosk.post import Register, stands
from kiosk.rules.terms import PeriodStart
from kiosk.services import drafts, rulebook, site
from kiosk.services.desk import Desk
from kiosk.text import N_


def open_register(
    settings: Settings, *, writer: bool = True, clock: Clock | None = None
) -> Register:
    """Open the register that `settings` name, and make it at the first start.

    Blocks; runs in a thread of the app, or in a command. Raises ConfigurationError for the
    key file, AlreadyRunning, and StorageError for the database, each with its sentence.
    """
    database_file, key_file = settings.database_file, settings.key_file
    first_start = not stands(database_file)
    if not writer:
        must_exist(settings)
    if first_start and writer and not stands(key_file):
        keyfile.create(key_file)
    if not first_start and not stands(key_file):
        raise missing_key(settings)
    keys = keyfile.read(key_file)
    db = open_database(database_file, keys.database, writer=writer, create=writer)
    desk = Desk(
        gate=settings.site.gate,
        prison=settings.site.prison,
        site_name=settings.site.name,
        zone=settings.zone,
        clock=clock or SystemClock(),
        audit_key=keys.audit,
        languages=settings.site.languages,
        period_start=PeriodStart(settings.rules.period_start),
        min_interval=settings.rules.min_interval,
        window=settings.desk.window,
        enters_after_search=settings.desk.enter == "search",
        movement_slip=settings.desk.movement_slip,
        extra_check_percent=settings.goods.extra_check_percent,
        commission=settings.goods.commission,
        keep_days=settings.goods.keep_days,
        article=settings.goods.article,
        fine_tyiyn=settings.goods.fine_som * 100,
        phone_fine_tyiyn=settings.goods.phone_fine_som * 100,
        fine_payment=settings.goods.fine_payment,
        fine_days=settings.goods.fine_days,
    )
    if writer:
        try:
            db.run_write(_furnish, desk)
        except BaseException:
            db.close()
            raise
    return Register(db, desk)


def must_exist(settings: Settings) -> None:
    """A command works on a register that the kiosk has made. Raises StorageError."""
    if not stands(settings.database_file):
        raise StorageError(
            N_("There is no register at {path}. Start the kiosk once to make it."),
            path=str(settings.database_file),
        )


def missing_key(settings: Settings) -> ConfigurationError:
    """The register is there and its key is not: nothing may be made anew over it."""
    return ConfigurationError(
        N_(
            "The register is there, but its key file {path} is missing. Nothing was changed. "
            "Put the key file back from its sealed copy, then start again."
        ),
        path=str(settings.key_file),
    )


def _furnish(desk: Desk) -> None:
    """What a register needs before its first case; afterwards only old drafts are wiped."""
    site.ensure_site(desk)
    if rulebook.stored(*rulebook.FIRST) is None:
        # Reading a set takes a megabyte, which no later start needs.
        from kiosk.services import rule_import

        rule_import.ensure_preset(desk)
    if not CatalogueItem.select().exists():
        from kiosk.services.goods import shipped_catalogue

        shipped_catalogue.take_in(desk)
    drafts.wipe_old(desk)
