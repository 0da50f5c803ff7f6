"""The files that can be handed to a person, and who makes each kind."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.progress_words import progress_of
from bot.documents.picture import Pictures
from bot.documents.progress_sheet import sheet
from bot.errors import PictureError
from bot.runtime.ports import Asked, Attachment, Maker


def makers() -> Mapping[str, Maker]:
    """By kind; a new kind of file has its maker here."""
    return {"progress": Progress()}


class Progress:
    """A person's weeks as a picture."""

    def __init__(self) -> None:
        self._pictures = Pictures()

    async def __call__(self, asked: Asked) -> Attachment:
        """The picture as PNG. PictureError if it can't be drawn, or there is nothing to draw any more."""
        found = progress_of(asked.book, asked.person, asked.now)
        if found is None:
            raise PictureError("progress: nothing is stored that could be drawn")
        return Attachment("progress.png", await self._pictures.drawn(sheet(found, asked.book)))
