"""Pictures drawn in a process of their own, and kept for as long as nothing on them changes."""

from __future__ import annotations

import asyncio
import hashlib
import sys
from collections import OrderedDict
from dataclasses import asdict
from typing import Final

from bot.documents.weeks import Sheet
from bot.errors import PictureError
from bot.jsonbytes import packed

DRAWS: Final = "bot.documents.progress_chart"
"""The program that draws: it is started anew for each picture, and imports little, so that this takes no time."""

SECONDS: Final = 10.0
AT_A_TIME: Final = 2
KEPT: Final = 32
"""So many pictures are kept, of some ninety kilobytes each, the latest asked for."""


class Pictures:
    """Draws sheets. What it keeps stands under a digest of the sheet, and in memory alone."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self._room = asyncio.Semaphore(AT_A_TIME)

    async def drawn(self, sheet: Sheet) -> bytes:
        """The picture as PNG; PictureError if it can't be drawn, or not within so many seconds."""
        given = packed(asdict(sheet))
        digest = hashlib.sha256(given).digest()
        if digest not in self._kept:
            async with self._room:
                self._kept[digest] = await self._draw(given)
        self._kept.move_to_end(digest)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return self._kept[digest]

    async def _draw(self, given: bytes) -> bytes:
        pipe = asyncio.subprocess.PIPE
        command = (sys.executable, "-m", DRAWS)
        try:
            drawing = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=pipe)
        except OSError as error:
            raise PictureError(f"picture: no process could be started to draw it ({error.strerror})") from error
        try:
            async with asyncio.timeout(self._seconds):
                picture, _ = await drawing.communicate(given)
        except TimeoutError:
            raise PictureError(f"picture: took longer than {self._seconds:g} seconds to draw") from None
        finally:
            if drawing.returncode is None:
                drawing.kill()
                await drawing.wait()
        if drawing.returncode or not picture:
            raise PictureError("picture: could not be drawn; are Pillow and matplotlib's fonts installed?")
        return picture
