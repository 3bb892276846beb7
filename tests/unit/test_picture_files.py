"""What may be opened as a picture, how its light counts, and that damaged files harm nobody."""

from __future__ import annotations

import io
import subprocess
import sys
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from devices.images.picture import FORMATS, Light, Picture, opened

WIDTH, HEIGHT = 120, 60


def scene() -> NDArray[np.uint8]:
    """White paper, its upper left quarter black: turned or mirrored it is another."""
    grey = np.full((HEIGHT, WIDTH), 255, np.uint8)
    grey[: HEIGHT // 2, : WIDTH // 2] = 0
    return grey


def file(picture: Image.Image, kind: str, **options: object) -> bytes:
    data = io.BytesIO()
    picture.save(data, kind, **options)
    return data.getvalue()


def grey_of(data: bytes, light: Light = Light.LUMA) -> NDArray[np.uint8]:
    picture = opened(data)
    assert picture is not None
    return picture.grey(light)


def shows_the_scene(data: bytes) -> bool:
    grey = grey_of(data).astype(int)
    return grey.shape == (HEIGHT, WIDTH) and bool((np.abs(grey - scene()) < 12).all())


SCENE = Image.fromarray(scene())


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_every_kind_of_file_that_is_taken_opens_in_grey_and_in_colour(
    kind: str, mode: str
) -> None:
    options = {"quality": 95} if kind in ("JPEG", "WEBP") else {}
    assert shows_the_scene(file(SCENE.convert(mode), kind, **options))


PHOTO = SCENE.convert("RGB")
FAX = file(SCENE.convert("1"), "TIFF", compression="group4")
ODD = {
    "one bit a pixel": file(SCENE.convert("1"), "PNG"),
    "one bit a pixel, as scanners send it": file(SCENE.convert("1"), "PPM"),
    "one bit a pixel, as fax machines do": FAX,
    "a palette": file(SCENE.convert("P"), "PNG"),
    "four inks": file(SCENE.convert("CMYK"), "TIFF"),
    "a camera's two pictures in one file": file(
        PHOTO, "MPO", quality=95, save_all=True, append_images=[PHOTO.rotate(180)]
    ),
    "two pages": file(SCENE, "TIFF", save_all=True, append_images=[SCENE.rotate(180)]),
}


@pytest.mark.parametrize("way", ODD)
def test_odd_ways_to_keep_a_picture_open(way: str) -> None:
    assert shows_the_scene(ODD[way])


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "PPM"])
def test_sixteen_bits_of_grey_become_eight(kind: str) -> None:
    deep = Image.fromarray(scene().astype(np.uint16) * 257)
    assert deep.mode.startswith("I;16")
    assert shows_the_scene(file(deep, kind))


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_is_transparent_is_white_paper(mode: str) -> None:
    ink = Image.new(mode, SCENE.size)  # black and transparent all over
    ink.putalpha(Image.fromarray(255 - scene()))
    assert shows_the_scene(file(ink, "PNG"))


def test_the_transparent_colour_of_a_palette_is_white_paper() -> None:
    inked = Image.fromarray(scene() // 255).convert("P")
    inked.putpalette([0, 0, 0, 90, 0, 0])
    assert shows_the_scene(file(inked, "PNG", transparency=1))


# How a picture lies in a file of each orientation (EXIF 2.32, tag 274).
TURNS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("orientation", TURNS)
def test_a_camera_that_was_held_another_way_is_made_up_for(orientation: int) -> None:
    turn = TURNS[orientation]
    held = SCENE if turn is None else SCENE.transpose(turn)
    exif = Image.Exif()
    exif[274] = orientation
    assert shows_the_scene(file(held, "JPEG", quality=95, exif=exif))


def test_a_coloured_stamp_fades_in_the_brightest_colour_and_black_ink_stays() -> None:
    page = np.full((60, 60, 3), 250, np.uint8)
    page[10:20] = (40, 60, 190)
    page[30:40] = (20, 22, 25)
    data = file(Image.fromarray(page), "PNG")
    assert grey_of(data, Light.LUMA)[15, 30] < 80
    assert grey_of(data, Light.BRIGHTEST)[15, 30] == 190
    assert grey_of(data, Light.BRIGHTEST)[35, 30] == 25


def test_a_grey_picture_is_the_same_in_both_lights() -> None:
    picture = opened(file(SCENE, "PNG"))
    assert picture is not None
    assert not picture.is_coloured
    assert np.array_equal(picture.grey(Light.LUMA), picture.grey(Light.BRIGHTEST))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_larger_than_it_needs_to_be_is_brought_down(kind: str) -> None:
    large = SCENE.resize((6000, 3000))
    grey = grey_of(file(large, kind))
    assert grey.shape == (1500, 3000)
    assert grey[200, 200] < 10
    assert grey[1300, 2800] > 245


def chunk(name: bytes, body: bytes) -> bytes:
    return (
        len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")
    )


def claiming(width: int, height: int) -> bytes:
    """A PNG file of a few bytes that says that it is that large."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 2, 0, 0, 0))
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


GIF = file(SCENE, "GIF", save_all=True, append_images=[SCENE.rotate(90)])
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


NO_PICTURES = {
    "nothing": b"",
    "one byte": b"\x89",
    "zeros": bytes(5000),
    "a letter": b"Dear Sir, please read this. " * 99,
    "a PDF": file(PHOTO, "PDF"),
    "a PDF's head": b"%PDF-1.7\n",
    "a moving picture": GIF,
    "a drawing": SVG,
    "an icon": file(PHOTO, "ICO"),
    "PostScript, which Pillow would give to another program": file(PHOTO, "EPS"),
    "half a PNG": file(PHOTO, "PNG")[:60],
    "half a TIFF": file(PHOTO, "TIFF")[:60],
    "a JPEG's head": file(PHOTO, "JPEG")[:300],
    "a PNG's signature": b"\x89PNG\r\n\x1a\n",
    "a PPM's head": b"P6 100 100 255\n",
    "a PPM with letters for sizes": b"P6 ten ten 255\n" + bytes(300),
    "no height": claiming(100, 0),
    "a stamp": file(PHOTO.resize((39, 39)), "PNG"),
    "a thread": file(PHOTO.resize((40, 4000)), "PNG"),
}


@pytest.mark.parametrize("what", NO_PICTURES)
@pytest.mark.filterwarnings("ignore")  # Pillow warns of what is odd in a file
def test_what_is_no_picture_of_a_document_opens_as_none(what: str) -> None:
    assert opened(NO_PICTURES[what]) is None


HUGE = (
    claiming(30_000, 30_000),
    claiming(2**31 - 1, 2**31 - 1),
    b"P6 30000 30000 255\n" + bytes(99),
    b"P4 60000 60000\n" + bytes(99),
)


def test_a_small_file_that_claims_a_huge_picture_opens_as_none() -> None:
    for data in HUGE:
        assert opened(data) is None


def test_a_file_that_claims_much_takes_no_memory() -> None:
    code = f"""
import resource
from devices.images.picture import opened
# Addresses count here, so that what is asked for and never touched is seen too.
taken = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (taken + {32 << 20}, taken + {32 << 20}))
for data in {HUGE!r}:
    assert opened(data) is None
"""
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, timeout=60)


# One entry: the orientation, 6.
EXIF = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"
SOUND = {
    "PNG": file(PHOTO, "PNG"),
    "JPEG": file(PHOTO, "JPEG", exif=b"Exif\0\0" + EXIF),
    "TIFF": file(PHOTO, "TIFF", compression="tiff_lzw"),
    "BMP": file(PHOTO, "BMP"),
    "PPM": file(PHOTO, "PPM"),
    "WEBP": file(PHOTO, "WEBP"),
    "palette": file(SCENE.convert("P"), "PNG", transparency=0),
    "fax": FAX,
}


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(SOUND)),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=12),
    st.floats(0, 1),
)
@pytest.mark.filterwarnings("ignore")  # Pillow warns of what is odd in a file
def test_no_damaged_file_raises(
    kind: str, changes: list[tuple[int, int]], whole: float
) -> None:
    data = bytearray(SOUND[kind])
    for at, byte in changes:
        # Most of what a file says of itself stands at its beginning.
        data[at % (min(200, len(data)) if at % 3 else len(data))] = byte
    look(opened(bytes(data[: round(len(data) * (whole if whole < 0.7 else 1))])))


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM", b"P5 "]),
    st.binary(max_size=400),
)
@pytest.mark.filterwarnings("ignore")
def test_no_garbage_after_a_signature_raises(signature: bytes, garbage: bytes) -> None:
    look(opened(signature + garbage))


def look(picture: Picture | None) -> None:
    for light in Light:
        if picture is not None:
            assert picture.grey(light).dtype == np.uint8


@pytest.mark.parametrize("name", SOUND)
def test_the_files_that_are_damaged_here_open_when_they_are_not(name: str) -> None:
    assert opened(SOUND[name]) is not None
