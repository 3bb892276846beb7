"""config.toml → frozen settings; an error names the key and what is allowed.

The file is looked for at `--config`, then `KIOSK_CONFIG`, then ./config.toml, then
/etc/gatebook/config.toml; every setting has a default, so that a file holds only what
differs. Paths in it are relative to `site.state`.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta, Struct

from kiosk.errors import ConfigurationError
from kiosk.text import N_

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Positive = Annotated[int, Meta(ge=1)]
Word = Annotated[str, Meta(min_length=1)]
Seconds = Annotated[int, Meta(ge=1, le=600)]

SYSTEM_FILE = Path("/etc/gatebook/config.toml")

# What the port is to drivers of readers that need one.
_PORTS = {"serial": '"/dev/…"', "folder": '"/srv/pictures", …'}


class Site(Struct, frozen=True, forbid_unknown_fields=True):
    """Where this gate stands."""

    name: str = ""
    prison: Annotated[
        str,
        Meta(pattern=r"^[A-Za-z0-9_-]{1,24}\Z", description="1-24 of A-Z a-z 0-9 _ -"),
    ] = "1"  # a code of the register
    gate: Annotated[int, Meta(ge=1, le=99)] = 1  # two digits of every badge code
    time_zone: Word = "Asia/Bishkek"
    languages: Annotated[tuple[Literal["ky", "ru", "en"], ...], Meta(min_length=1)] = (
        "ky",
        "ru",
        "en",
    )
    state: Word = "/var/lib/gatebook"


class Database(Struct, frozen=True, forbid_unknown_fields=True):
    """The encrypted register and the file that holds its key."""

    url: Annotated[
        str, Meta(pattern=r"^sqlcipher:///.+", description='"sqlcipher:///FILE"')
    ] = "sqlcipher:///gate.db"
    key_file: Word = "key"


class ReaderSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """The passport reader and its line. Times in milliseconds."""

    driver: Literal["serial", "wedge", "folder", "scanimage", "none"] = "serial"
    profile: Word = "generic"
    port: str = "/dev/kiosk/reader"  # empty for a wedge that only types into the terminal
    prefix: Annotated[
        str,
        # Not what documents, forms or the terminal are written with.
        Meta(
            pattern=r"^[^A-Za-z0-9< \t\r\n\x1b\x08\x7f]?\Z", description='"", "~", "\\u0002", …'
        ),
    ] = ""
    # The line: 0 and "" leave it to the profile.
    baud: Annotated[int, Meta(ge=0, le=4_000_000)] = 0
    bits: Literal[0, 7, 8] = 0
    parity: Literal["", "N", "E", "O"] = ""
    stop: Literal[0, 1, 2] = 0
    flow: Literal["", "none", "rtscts", "xonxoff"] = ""
    gap_ms: Annotated[int, Meta(ge=10, le=2000)] = 80
    dedupe_ms: Annotated[int, Meta(ge=0, le=60_000)] = 2000
    dtr: Literal["on", "off"] = "on"
    # A scanner that `scanimage` speaks to; "" is the first there is.
    device: str = ""
    options: tuple[str, ...] = ("--mode=Gray", "--resolution=300")


class ScaleSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """The scale on which packages are weighed, and its line; most sites type the weights."""

    driver: Literal["serial", "none"] = "none"
    profile: Word = "generic"
    port: Word = "/dev/kiosk/scale"
    # The line: 0 and "" leave it to the profile.
    baud: Annotated[int, Meta(ge=0, le=4_000_000)] = 0
    bits: Literal[0, 7, 8] = 0
    parity: Literal["", "N", "E", "O"] = ""
    stop: Literal[0, 1, 2] = 0
    flow: Literal["", "none", "rtscts", "xonxoff"] = ""
    dtr: Literal["on", "off"] = "on"


class CodePages(Struct, frozen=True, forbid_unknown_fields=True):
    """By which numbers the printer knows code pages (its manual, "ESC t n")."""

    kz1048: Annotated[int, Meta(ge=0, le=255)] = 53
    cp866: Annotated[int, Meta(ge=0, le=255)] = 17


class PrinterSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """A thermal printer, its line and its paper. Deadlines in seconds."""

    driver: Literal["serial", "usblp", "tcp", "file", "none"] = "serial"
    port: Word = "/dev/kiosk/printer"  # not for tcp
    baud: Positive = 19200
    flow: Literal["dtr", "rtscts", "xonxoff", "none"] = "dtr"
    host: str = ""  # tcp only: name or address, and the number of its port
    tcp_port: Annotated[int, Meta(ge=1, le=65_535)] = 9100
    paper: Literal["80", "58"] = "80"
    columns: Literal[0, 32, 42, 48] = 0  # 0: what the paper usually holds
    text_mode: Literal["kz1048", "glyphs", "raster", "translit"] = "kz1048"
    codepages: CodePages = CodePages()
    proof: Literal["procid", "gs_r", "status", "ask"] = "procid"
    write_deadline_s: Seconds = 10
    proof_deadline_s: Seconds = 20
    cut: Literal["partial", "full", "none"] = "partial"
    qr_module: Annotated[int, Meta(ge=1, le=16)] = 6


class SecondPrinterSettings(PrinterSettings, frozen=True, forbid_unknown_fields=True):
    """The printer that takes over when the first does not print; most sites have none."""

    driver: Literal["serial", "usblp", "tcp", "file", "none"] = "none"
    port: Word = "/dev/kiosk/printer2"


class DeskSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What is done at this post."""

    steps: Annotated[
        tuple[Literal["arrival", "deposit", "search", "departure", "package", "handover"], ...],
        Meta(min_length=1),
    ] = ("arrival", "departure", "package", "handover")
    # As the call board shows it beside a ticket; there is no room for more.
    window: Annotated[
        str, Meta(pattern=r"^[A-Za-z0-9_-]{1,4}\Z", description="1-4 of A-Z a-z 0-9 _ -")
    ] = "1"
    enter: Literal["arrival", "search"] = "arrival"
    movement_slip: bool = False


class GoodsSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How packages and parcels are taken in and kept."""

    extra_check_percent: Annotated[int, Meta(ge=0, le=100)] = 5
    commission: Annotated[int, Meta(ge=1, le=5)] = 2
    keep_days: Annotated[int, Meta(ge=1, le=366)] = 30
    # Offences Code 446, as amended in November 2025: any forbidden thing, and a phone.
    article: Annotated[str, Meta(min_length=1, max_length=60)] = "Offences Code, article 446"
    fine_som: Annotated[int, Meta(ge=0, le=10_000_000)] = 20_000
    phone_fine_som: Annotated[int, Meta(ge=0, le=10_000_000)] = 30_000
    fine_payment: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=96)], ...], Meta(max_length=8)
    ] = ()
    fine_days: Annotated[int, Meta(ge=0, le=366)] = 0


class RulesSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How the site reads its rules where the law leaves it open."""

    period_start: Literal["calendar", "admission"] = "calendar"
    min_interval: bool = False


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything config.toml may say."""

    site: Site = Site()
    database: Database = Database()
    reader: ReaderSettings = ReaderSettings()
    scale: ScaleSettings = ScaleSettings()
    printer: PrinterSettings = PrinterSettings()
    second_printer: SecondPrinterSettings = SecondPrinterSettings()
    desk: DeskSettings = DeskSettings()
    goods: GoodsSettings = GoodsSettings()
    rules: RulesSettings = RulesSettings()

    @property
    def state(self) -> Path:
        """The folder of the register, of its key and of the logs."""
        return Path(self.site.state)

    @property
    def zone(self) -> ZoneInfo:
        # Not needed before the first paint, which waits for this module.
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.site.time_zone)

    @property
    def database_file(self) -> Path:
        return self.place(self.database.url.removeprefix("sqlcipher:///"))

    @property
    def key_file(self) -> Path:
        return self.place(self.database.key_file)

    @property
    def log_file(self) -> Path:
        return self.place("kiosk.log")

    def place(self, path: str) -> Path:
        """`path` as the file system knows it: relative ones stand in the state folder."""
        return self.state / path


def find() -> Path | None:
    """The file that holds when none was named; None when there is none."""
    named = os.environ.get("KIOSK_CONFIG")
    if named:
        return Path(named)
    return next((file for file in (Path("config.toml"), SYSTEM_FILE) if file.is_file()), None)


def load(path: Path | None = None) -> Settings:
    """The settings of `path`, or of the file found; the defaults when there is none.

    Raises ConfigurationError with the key (or the line) and what is allowed there.
    """
    file = path or find()
    if file is None:
        return Settings()
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            N_("{file} is not text in UTF-8. Save it as UTF-8, then start again."), file=file
        ) from error
    except OSError as error:
        raise ConfigurationError(
            N_("{file} cannot be read: {cause}. Check the path and its permissions."),
            file=file,
            cause=error.strerror,
        ) from error
    return parse(text, str(file))


def parse(text: str, file: str = "config.toml") -> Settings:
    """Settings from the text of a file; `file` is its name for messages."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # Its text is English and ends with the place: "… (at line 3, column 9)".
        raise ConfigurationError(
            N_("{file} is not TOML: {cause}. Correct that line."), file=file, cause=error
        ) from error
    _check_keys(tables, Settings, "", file)
    try:
        settings = msgspec.convert(tables, Settings)
    except msgspec.ValidationError as error:
        key = str(error).rpartition("`$.")[2].rstrip("`")
        raise ConfigurationError(
            N_("{file}: {key} has a value that is not possible. Allowed: {allowed}."),
            file=file,
            key=key,
            allowed=_allowed(key) or error,
        ) from error
    if not settings.reader.port and settings.reader.driver in _PORTS:
        raise ConfigurationError(
            N_("{file}: {key} has a value that is not possible. Allowed: {allowed}."),
            file=file,
            key="reader.port",
            allowed=_PORTS[settings.reader.driver],
        )
    for table in ("printer", "second_printer"):
        printer: PrinterSettings = getattr(settings, table)
        if printer.driver == "tcp" and not printer.host:
            raise ConfigurationError(
                N_("{file}: {key} has a value that is not possible. Allowed: {allowed}."),
                file=file,
                key=f"{table}.host",
                allowed='"192.168.1.50", …',
            )
    if len(set(settings.site.languages)) < len(settings.site.languages):
        raise ConfigurationError(
            N_("{file}: {key} may name each language once."), file=file, key="site.languages"
        )
    try:
        _zone = settings.zone  # asked for its error
    except (KeyError, ValueError, OSError) as error:  # unknown, malformed, a folder
        raise ConfigurationError(
            N_("{file}: {key} has a value that is not possible. Allowed: {allowed}."),
            file=file,
            key="site.time_zone",
            allowed="Asia/Bishkek, Europe/Moscow, …",
        ) from error
    return settings


def _check_keys(table: dict[str, object], kind: type[Struct], at: str, file: str) -> None:
    known = get_type_hints(kind)
    for key, value in table.items():
        if key not in known:
            from difflib import get_close_matches

            near = get_close_matches(key, known, n=1, cutoff=0) or list(known)
            raise ConfigurationError(
                N_("{file}: no setting is called {key}. The nearest is {nearest}."),
                file=file,
                key=at + key,
                nearest=at + near[0],
            )
        kind_of_value = known[key]
        if (
            isinstance(value, dict)
            and isinstance(kind_of_value, type)
            and issubclass(kind_of_value, Struct)
        ):
            _check_keys(value, kind_of_value, f"{at}{key}.", file)


def _allowed(key: str) -> str:
    """What the setting `key`, like reader.baud, may hold, in words."""
    kind: object = Settings
    for name in key.split("["):
        for part in name.rstrip("]").split("."):
            if isinstance(kind, type) and issubclass(kind, Struct):
                kind = get_type_hints(kind, include_extras=True).get(part, str)
    return _describe(kind)


def _describe(kind: object) -> str:
    if isinstance(kind, type) and issubclass(kind, Struct):
        return f"[{', '.join(get_type_hints(kind))}]"
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return ", ".join(repr(value).replace("'", '"') for value in arguments)
    if origin is tuple:
        return f"[{_describe(arguments[0])}]"
    if origin is Annotated:
        meta = arguments[1]
        if meta.description:
            return str(meta.description)
        if meta.ge is not None:
            return f"{meta.ge}-{meta.le}" if meta.le is not None else f"{meta.ge}, …"
        return _describe(arguments[0])
    if kind is bool:
        return "true, false"
    return '"…"' if kind is str else "0-9"
