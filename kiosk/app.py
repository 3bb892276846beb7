"""KioskApp: the one place where devices, database and screens meet."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from textual.message import Message

from kiosk import text
from kiosk.clock import SystemClock, local
from kiosk.device_board import PRINTER, READER, SCALE, SECOND_PRINTER, DeviceBoard
from kiosk.device_news import DeviceNews, Read
from kiosk.end_warnings import EndWarnings
from kiosk.errors import AlreadyRunning, ConfigurationError, KioskError, StorageError
from kiosk.picture_progress import PictureProgress
from kiosk.scans import Scans
from kiosk.screens import SCREENS
from kiosk.screens.screen import ATTENTION, KioskScreen
from kiosk.terminal import KeyedApp
from kiosk.text import N_, _, fill
from kiosk.values import Officer

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from textual.events import Key

    from devices.events import WeightRead
    from devices.hub import Hub
    from kiosk.post import Post, Register
    from kiosk.services.desk import Desk
    from kiosk.spool import Spool
    from kiosk.typed_scans import TypedScans

P = ParamSpec("P")
T = TypeVar("T")

LOCK_SECONDS = 180  # without a key: nobody reads over an empty chair

EXIT_CONFIGURATION = 78
EXIT_FAULT = 1


class Scanned(Message):
    """Something was put on the reader."""

    def __init__(self, event: Read) -> None:
        super().__init__()
        self.event = event


class KioskApp(KeyedApp):
    """`post` says where this kiosk stands: the real gate, or the demo."""

    CSS_PATH = "kiosk.tcss"

    def __init__(self, post: Post) -> None:
        super().__init__(log_path=post.log_path)
        self.post = post
        self.settings = post.settings
        self.officer: Officer | None = post.officer
        self.register: Register | None = None
        self.hub: Hub | None = None
        self.spool: Spool | None = None
        self.news = DeviceNews(self, lambda event: self.post_message(Scanned(event)))
        self.scans = Scans(self)
        self.pictures = PictureProgress(self)
        self.warnings = EndWarnings(self)
        self.fatal: KioskError | None = None
        self.locked = False
        self._last_key = monotonic()
        self._key_sorter: TypedScans | None = None
        self._unsorted: list[Sequence[Key]] = []
        self._opened = asyncio.Event()
        self._wired = asyncio.Event()
        self._clock = SystemClock()
        self._trail: list[str] = []
        self._kept: dict[str, KioskScreen] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        text.use(self.settings.site.languages[0])

    # ---- start and end

    async def on_mount(self) -> None:
        await self.go(self.post.first_screen)
        self.call_after_refresh(self._start, self._open)

    def _start(self, work: Callable[[], Awaitable[object]]) -> None:
        task = asyncio.get_running_loop().create_task(self._guarded(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _guarded(self, work: Callable[[], Awaitable[object]]) -> None:
        """What a task of the app raises ends the kiosk as a crash: none dies in silence."""
        try:
            await work()
        except asyncio.CancelledError:
            raise
        except (AlreadyRunning, ConfigurationError, StorageError) as error:
            self.fatal = error
            code = EXIT_CONFIGURATION if isinstance(error, ConfigurationError) else EXIT_FAULT
            self.end(code)
        except Exception as error:
            self._handle_exception(error)

    async def _open(self) -> None:
        """Everything that is too slow for the way to the first paint."""
        register = await asyncio.to_thread(self.post.open)
        self.register = register
        self._opened.set()
        await self._wire()
        self._wired.set()
        self._start(self._minutes)
        self.soon(self._screen_opened)

    async def _screen_opened(self) -> None:
        """The register is open: the screen in front may show what it holds."""
        if isinstance(self.screen, KioskScreen):
            await self.screen.opened()

    async def _told(self, work: Callable[[], Awaitable[None]]) -> None:
        """Work that no key asked for: what goes wrong with it is a sentence all the same."""
        if self.ending:  # the register may be closed already
            return
        try:
            await work()
        except KioskError as refusal:
            self.tell(refusal)

    def soon(self, work: Callable[[], Awaitable[None]]) -> None:
        """Have work done that no key asked for, in its turn among the keys."""
        self.call_next(self._told, work)

    def tell(self, refusal: KioskError) -> None:
        """What went wrong, on the message row of the screen in front."""
        self.bell()
        self.front.say(ATTENTION, refusal.sentence, **refusal.values)

    async def _wire(self) -> None:
        from devices.hub import Hub
        from kiosk.roll import Roll
        from kiosk.services import print_queue
        from kiosk.spool import Outlet, Spool

        assert self.register is not None
        wiring = self.post.wire(self.today)
        reader = () if wiring.reader is None else (wiring.reader,)
        self.pictures.reader = wiring.pictures
        scale = () if wiring.scale is None else (wiring.scale,)
        self.hub = Hub([*reader, *wiring.printers, *scale])
        self.hub.start()
        if wiring.key_sorter is not None:
            # At the loop's next turn, when the reader has begun to listen.
            sorter = wiring.key_sorter(super().struck, self.keys_under_way)
            asyncio.get_running_loop().call_soon(self._sort_keys, sorter)
        self._start(self._listen)
        if wiring.printers:
            db, desk = self.register.db, self.register.desk
            rolls = {
                PRINTER: Roll.of(self.settings.printer),
                SECOND_PRINTER: Roll.of(self.settings.second_printer),
            }
            outlets = [Outlet(printer, rolls[printer.name]) for printer in wiring.printers]
            self.spool = Spool(db, desk, outlets, print_queue, self.news.papers_changed)
            db.on_commit.append(self.spool.wake)
            self._start(self.spool.run)
        else:
            self.board.lacks(PRINTER)
        if wiring.reader is None:
            self.board.lacks(READER)
        if wiring.scale is None:
            self.board.lacks(SCALE)

    async def shut(self) -> None:
        """Stop what runs beside the screens; the register is whole at any moment."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._key_sorter is not None:
            self._key_sorter.stop()
        if self.hub is not None:
            await self.hub.stop()
        if self.register is not None:
            await asyncio.to_thread(self.register.db.close)
        self.post.close()

    async def on_unmount(self) -> None:
        await self.shut()

    # ---- the register

    async def write(
        self, fn: Callable[Concatenate[Desk, P], T], *args: P.args, **kw: P.kwargs
    ) -> T:
        """Run a service on the writer thread, in one transaction of its own."""
        await self._opened.wait()
        assert self.register is not None
        return await self.register.db.write(fn, self.register.desk, *args, **kw)

    async def read(
        self, fn: Callable[Concatenate[Desk, P], T], *args: P.args, **kw: P.kwargs
    ) -> T:
        """Run a question on a reader thread."""
        await self._opened.wait()
        assert self.register is not None
        return await self.register.db.read(fn, self.register.desk, *args, **kw)

    @property
    def board(self) -> DeviceBoard:
        return self.news.board

    @property
    def scale(self) -> WeightRead | None:
        """What the scale shows; None: no scale, or one that is lost or silent."""
        return self.news.scale

    @property
    def zone(self) -> ZoneInfo:
        return self.settings.zone

    def now(self) -> int:
        return self._clock.now()

    def today(self) -> date:
        return local(self.now(), self.zone).date()

    @property
    def signed_in(self) -> Officer:
        assert self.officer is not None, (
            "a screen that acts is shown only to a signed-in officer"
        )
        return self.officer

    # ---- screens

    def _keep(self, name: str) -> KioskScreen:
        screen = self._kept.get(name)
        if screen is None:
            module, _colon, cls = SCREENS[name].partition(":")
            screen = getattr(importlib.import_module(f"kiosk.screens.{module}"), cls)()
            assert isinstance(screen, KioskScreen)
            self._kept[name] = screen
            self.install_screen(screen, name)
        return screen

    def kept(self, name: str) -> KioskScreen | None:
        """A screen that was shown before, with what was left on it."""
        return self._kept.get(name)

    def came_by(self, name: str) -> bool:
        """Whether this screen lies on the way back from the one in front."""
        return name in self._trail

    def misread(self) -> None:
        """What lies on the reader opened nothing of its own: a screen that is about something
        scanned before, in front or on the way back, is not about this."""
        for name in self._trail:
            self._keep(name).misread()

    async def go(self, name: str, *about: object, replace: bool = False) -> None:
        """Show a screen; Esc on it comes back here, unless it replaces the one in front."""
        screen = self._keep(name)
        await screen.enter(*about)
        screen.quiet()
        if replace and self._trail:
            self._trail.pop()
        if name in self._trail:  # never twice in the way back
            self._trail.remove(name)
        self._trail.append(name)
        screen.show()
        await self.switch_screen(name)
        screen.read_from_now()
        self.soon(self.warnings.tell)

    async def back(self) -> None:
        """One screen back, as it was left."""
        if len(self._trail) > 1:
            screen = self._keep(self._trail[-2])
            await screen.returned()
            screen.quiet()
            self._trail.pop()
            screen.show()
            await self.switch_screen(self._trail[-1])
            screen.read_from_now()
            self.soon(self.warnings.tell)

    async def home(self) -> None:
        """The main menu, whatever was before."""
        await self.go("menu")
        self._trail[:] = ["menu"]

    @property
    def front(self) -> KioskScreen:
        screen = self.screen
        assert isinstance(screen, KioskScreen)
        return screen

    def struck(self, keys: Sequence[Key]) -> None:
        if self._key_sorter is not None:
            self._key_sorter.came(keys)
        elif self.settings.reader.driver == "wedge":
            # They may be a scan's, whose Enter would sign in.
            self._unsorted.append(keys)
        else:
            super().struck(keys)

    def _sort_keys(self, sorter: TypedScans) -> None:
        """From now on, beginning with those that had to wait for it."""
        self._key_sorter = sorter
        for keys in self._unsorted:
            sorter.came(keys)
        self._unsorted.clear()

    async def _key(self, key: str, character: str | None, time: float) -> None:
        self._last_key = monotonic()
        if key == "escape" and self.pictures.escape(time):
            return
        await super()._key(key, character, time)

    async def common_key(self, key: str) -> None:
        """Keys that mean the same everywhere."""
        front = self.front
        if key == "f1":
            await self.go("help", front.help_name, front.keys)
        elif key == "escape":
            await self.back()
        elif self.officer is None or self.locked or not front.NEEDS_OFFICER:
            return
        elif key == "f3":
            await self.go("find")
        elif key == "f5":
            if self._trail[-1] != "papers":
                await self.go("papers")
        elif key == "f6":
            await self.scans.take_up()
        elif key == "f9":
            if self._trail[-1] != "inside":
                await self.go("inside")
        elif key == "f10":
            await self.home()

    def bar(self, title: str) -> dict[str, str]:
        """What the status bar shows."""
        return {
            "post": fill(_(N_("Gate {number}")), number=self.settings.site.gate),
            "title": title,
            "operator": self.officer.name if self.officer else "",
            "reader": self.board.reader_word(self.scans.count),
            "printer": self.board.printer_word,
            "clock": local(self.now(), self.zone).strftime("%H:%M"),
        }

    def refresh_bar(self) -> None:
        if isinstance(self.screen, KioskScreen):
            self.screen.refresh_frame()

    async def _minutes(self) -> None:
        while True:
            await asyncio.sleep(60 - (self.now() / 1000) % 60 + 0.05)
            self.refresh_bar()
            self.scans.drop_old()
            if not isinstance(self.screen, KioskScreen):
                continue
            at_work = self.officer is not None and not self.locked
            left_alone = monotonic() - self._last_key > LOCK_SECONDS
            if self.post.locks and at_work and left_alone:
                self.soon(self.lock)
            else:
                self.soon(self.front.minute)
                self.soon(self.warnings.look)

    # ---- signing in and out

    async def sign_in(self, officer: Officer) -> None:
        self.officer = officer
        await self.home()
        self.news.tell_faults()
        self.soon(self.warnings.look)

    async def lock(self) -> None:
        """Hide the work until its officer is back."""
        from kiosk.services import staff

        self.locked = True
        await self.go("lock")
        await self.write(staff.lock, self.signed_in)

    async def unlocked(self) -> None:
        """The officer is back; Esc leads where it led before."""
        self.locked = False
        await self.back()

    async def sign_out(self) -> None:
        """Forget who worked here; what was typed and not saved is forgotten with it."""
        from kiosk.services import staff

        officer, self.officer = self.officer, None
        self.locked = False
        self.scans.forget()
        self.warnings.forget()
        for screen in self._kept.values():
            screen.forget()
        await self.go("sign_in")
        self._trail[:] = ["sign_in"]
        # Last, so that a full disk keeps nobody's data on the glass.
        if officer is not None:
            await self.write(staff.sign_out, officer)

    # ---- devices

    async def scan_next(self) -> bool:
        """As the post's; a key struck before the devices are there waits for them."""
        await self._wired.wait()
        return self.post.scan_next()

    async def _listen(self) -> None:
        assert self.hub is not None
        async for event in self.hub.events():
            if not self.ending:
                self.news.heard(event)

    async def on_scanned(self, message: Scanned) -> None:
        await self.scans.came(message.event)
