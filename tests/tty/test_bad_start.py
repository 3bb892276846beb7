"""A kiosk that cannot start says why in a sentence, with its exit code and no traceback."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import keyfile
from kiosk.models.database import open_database
from kiosk.models.engine import RegisterFile
from tests.tty import house
from tests.tty.gate import Gate
from tests.tty.harness import Glass

pytestmark = pytest.mark.tty

FAULT, CRASH, RUNNING, CONFIGURATION = 1, 70, 75, 78


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a register and its key, to be copied."""
    gate = Gate(tmp_path_factory.mktemp("furnished"), language="en")
    house.furnish(gate, coming=())
    gate.close()
    return gate.folder


@pytest.fixture
def gate(tmp_path: Path, furnished: Path) -> Iterator[Gate]:
    """A gate with a register of its own."""
    for name in ("gate.db", "gate.db.head", "key"):
        shutil.copy(furnished / name, tmp_path / name)
    gate = Gate(tmp_path, language="en")
    yield gate
    gate.close()


def spoken(glass: Glass) -> str:
    """What stands on the glass, without the breaks that the terminal made."""
    return " ".join("".join(glass.screen.display).split())


def ends(glass: Glass, code: int, *said: str) -> None:
    """It ends with this code, says all this, and shows no traceback."""
    assert glass.wait_exit() == code
    shown = spoken(glass).replace(" ", "")
    for one in said:
        assert one.replace(" ", "") in shown, glass.text()
    assert b"Traceback" not in glass.received
    assert b"Error" not in glass.received


def configured(gate: Gate, text: str) -> None:
    gate.config.write_text(text, encoding="utf-8")


def test_an_unknown_setting_names_the_nearest(gate: Gate) -> None:
    configured(gate, "[reader]\nbuad = 9600\n")
    with gate.run() as glass:
        ends(
            glass,
            CONFIGURATION,
            f"{gate.config}: no setting is called reader.buad.",
            "The nearest is reader.baud.",
        )


def test_a_value_that_cannot_be_names_what_is_allowed(gate: Gate) -> None:
    configured(gate, "[reader]\nparity = 'X'\n")
    with gate.run() as glass:
        ends(glass, CONFIGURATION, "reader.parity", 'Allowed: "", "N", "E", "O".')


def test_a_file_that_is_no_toml_names_the_line(gate: Gate) -> None:
    configured(gate, "[site]\nname = № 16\n")
    with gate.run() as glass:
        ends(glass, CONFIGURATION, "is not TOML", "line 2", "Correct that line.")


def test_a_file_that_is_not_there_is_named(gate: Gate) -> None:
    gate.config.unlink()
    with gate.run() as glass:
        ends(glass, CONFIGURATION, f"{gate.config} cannot be read", "Check the path")


def test_a_missing_key_beside_a_register_makes_no_new_one(gate: Gate) -> None:
    (gate.folder / "key").unlink()
    before = (gate.folder / "gate.db").read_bytes()
    with gate.run() as glass:
        ends(
            glass,
            CONFIGURATION,
            f"its key file {gate.folder}/key is missing. Nothing was changed.",
            "Put the key file back from its sealed copy, then start again.",
        )
    assert not (gate.folder / "key").exists()
    assert (gate.folder / "gate.db").read_bytes() == before


def test_a_missing_key_is_told_in_the_language_of_the_site(gate: Gate) -> None:
    (gate.folder / "key").unlink()
    text = gate.config.read_text().replace('["en", "ky", "ru"]', '["ky"]')
    configured(gate, text)
    with gate.run() as glass:
        assert glass.wait_exit() == CONFIGURATION
        assert "Эч нерсе өзгөргөн жок" in spoken(glass)


def test_a_key_that_others_may_read_says_how_to_close_it(gate: Gate) -> None:
    (gate.folder / "key").chmod(0o644)
    with gate.run() as glass:
        ends(glass, CONFIGURATION, f"chmod 600 {gate.folder}/key")


def test_the_key_of_another_register_opens_nothing_and_changes_nothing(gate: Gate) -> None:
    (gate.folder / "key").unlink()
    keyfile.create(gate.folder / "key")
    before = (gate.folder / "gate.db").read_bytes()
    with gate.run() as glass:
        ends(glass, FAULT, "The key file does not open", "Nothing was changed.")
    assert (gate.folder / "gate.db").read_bytes() == before


def test_a_register_of_a_newer_gatebook_is_left_alone(gate: Gate) -> None:
    def from_the_future(file: RegisterFile) -> None:
        file.execute_sql(
            "INSERT INTO schema_migration (name, applied) VALUES ('9999_later', '2030-01-01')"
        )

    keys = keyfile.read(gate.folder / "key")
    db = open_database(gate.folder / "gate.db", keys.database)
    db.run_write(from_the_future, db.file)
    db.close()
    with gate.run() as glass:
        ends(
            glass,
            FAULT,
            "was written by a newer Gatebook (9999_later). Nothing was changed.",
            "Install that version or a later one.",
        )


def test_a_second_kiosk_on_the_same_register_gives_way(gate: Gate) -> None:
    with gate.run() as first:
        house.enter(gate, first)
        with gate.run() as second:
            ends(second, RUNNING, f"already running here (process {first.pid})")
        # The first goes on.
        first.press("f9")
        first.wait_for("WHO IS INSIDE")


def test_a_state_folder_that_cannot_be_made_is_named(gate: Gate) -> None:
    (gate.folder / "file").write_text("in the way")
    configured(gate, f'[site]\nstate = "{gate.folder}/file/state"\nlanguages = ["en"]\n')
    with gate.run() as glass:
        ends(
            glass,
            CONFIGURATION,
            f"The state folder {gate.folder}/file/state cannot be made",
            "Set [site] state in config.toml",
        )


def test_a_damaged_register_is_not_opened(gate: Gate) -> None:
    register = gate.folder / "gate.db"
    register.write_bytes(b"\x00" * 4096 + register.read_bytes()[4096:])
    with gate.run() as glass:
        ends(glass, FAULT, "or its first page is damaged. Nothing was changed.")


def test_what_the_program_says_of_itself_stands_in_its_log_and_not_on_the_glass(
    gate: Gate,
) -> None:
    gate.reader.unplug()
    with gate.run() as glass:
        glass.wait_for("Reader lost")
        assert "WARNING" not in glass.text()
    log = gate.folder / "kiosk.log"
    assert "WARNING devices.readers.serial reader: " in log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600


def test_without_a_reader_the_document_is_typed(gate: Gate) -> None:
    gate.reader.unplug()
    with gate.run() as glass:
        glass.wait_for("Reader lost")
        house.enter(gate, glass)
        # Said on the sign-in screen, where nobody was; so it is said again.
        glass.wait_for("! There is no reader. Plug it in, or type the document: menu, 1.")
        gate.reader.plug()
        glass.wait_for("Reader ready")
        glass.wait_for(lambda g: not g.row(23).strip())
        gate.swipe(house.lines(house.PASSPORT.holder))
        glass.wait_for("MAY PASS")
