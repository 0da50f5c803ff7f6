"""The picture of weeks, looked at pixel by pixel."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image, ImageChops

from bot.documents.easel import WIDTH, Easel
from bot.documents.progress_chart import drawn
from bot.documents.weeks import Sheet, Track

GROUND, LIGHT = (10, 20, 30), (250, 200, 120)
WEEKS = tuple(f"{day} Dec" for day in range(1, 13))
SHEET = Sheet(
    right_to_left=False,
    title="Your weeks",
    span="1 Dec – 12 Dec",
    heads=("Day by day", "Promises", "Trust, 0 to 10"),
    key=("Kept", "Partly", "Not this time", "Not asked"),
    weeks=WEEKS[:6],
    days=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    signs=((0, 0, (100,)), (1, 1, (50,)), (1, 2, (0,)), (2, 3, (100, 50)), (2, 4, (100, 50, 0, 0))),
    quiet=((0, 1), (0, 2)),
    today=(2, 4),
    tracks=(Track("1", 0, 2, True, ((0, 100), (1, 25))), Track("2", 1, 1, False, ())),
    trust=((0.0, 3), (1.0, 10), (2.0, 0)),
)


def opened(picture: bytes) -> Image.Image:
    image = Image.open(BytesIO(picture))
    image.load()
    return image.convert("RGB")


def colours(image: Image.Image) -> Counter[tuple[int, ...]]:
    """How many pixels are of each colour."""
    bands = (band.tobytes() for band in image.split())
    return Counter(zip(*bands, strict=True))


def sign(amount: int) -> Image.Image:
    """A sign's own square."""
    easel = Easel(100, GROUND, mirrored=False)
    easel.glass(50, 50, 20, LIGHT, amount)
    image = opened(easel.png())
    scale = image.width / WIDTH
    return image.crop((round(30 * scale), round(30 * scale), round(70 * scale), round(70 * scale)))


def filled(square: Image.Image) -> float:
    """How much of it is light."""
    return colours(square)[LIGHT] / (square.width * square.height)


def test_the_more_was_kept_the_fuller_a_sign_and_it_fills_from_below() -> None:
    amounts = [filled(sign(amount)) for amount in (0, 25, 50, 75, 100)]
    assert amounts == sorted(amounts)
    assert amounts[0] > 0.05
    assert amounts[4] > 0.75
    assert all(later - earlier > 0.05 for earlier, later in pairwise(amounts))
    half = sign(50)
    upper, lower = (half.crop((0, top, 120, top + 60)) for top in (0, 60))
    assert filled(lower) > 3 * filled(upper)
    left, right = (half.crop((begin, 0, begin + 60, 120)) for begin in (0, 60))
    assert filled(left) == pytest.approx(filled(right), abs=0.01)


@pytest.mark.parametrize(
    "sheet",
    [
        SHEET,
        replace(SHEET, trust=((0.5, 4),)),
        replace(SHEET, weeks=WEEKS, tracks=(SHEET.tracks[0],) * 5),
        replace(SHEET, title="", key=("", "", "", "")),
    ],
)
def test_it_is_as_wide_as_a_phone_and_never_larger_than_telegram_shows(sheet: Sheet) -> None:
    image = opened(drawn(sheet))
    assert max(image.size) <= 1280
    assert image.width >= 2 * WIDTH
    assert image.height < 1.7 * image.width


def test_nothing_runs_over_its_edges() -> None:
    long = "Many long words " * 9
    image = opened(drawn(replace(SHEET, title=long, heads=(long,) * 3, key=(long,) * 4)))
    ground = image.getpixel((1, 1))
    for x in (0, 5, image.width - 6, image.width - 1):
        column = image.crop((x, 0, x + 1, image.height))
        assert column.getcolors() == [(image.height, ground)]


def test_what_is_read_from_right_to_left_is_its_mirror_image() -> None:
    wordless = replace(SHEET, title="", span="", heads=("",) * 3, key=("",) * 4, weeks=("",) * 6, days=("",) * 7)
    plain = replace(wordless, tracks=(), trust=())
    there, back = opened(drawn(plain)), opened(drawn(replace(plain, right_to_left=True)))
    mirrored = back.transpose(Image.Transpose.FLIP_LEFT_RIGHT)

    def differing(other: Image.Image) -> float:
        much = ImageChops.difference(there, other).convert("L").point(lambda level: 255 * (level > 40))
        return much.histogram()[255] / (there.width * there.height)

    assert differing(mirrored) < 0.003
    assert differing(back) > 0.01


def test_no_red_is_on_it() -> None:
    assert not [colour for colour in colours(opened(drawn(SHEET))) if colour[0] > 1.5 * max(colour[1], 60)]
