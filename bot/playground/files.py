"""Files the bot or a person sent, held in memory for as long as the playground runs."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Final

from bot.playground.refusal import bad_request

LARGEST_UPLOAD: Final = 50 * 1024 * 1024
LARGEST_DOWNLOAD: Final = 20 * 1024 * 1024
_FOLDERS: Final = {
    "photo": "photos",
    "document": "documents",
    "voice": "voice",
    "video": "videos",
    "sticker": "stickers",
}
_LARGEST_SIDES: Final = 10_000
_LARGEST_RATIO: Final = 20


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file with Telegram's two names for it; `path` is what getFile gives."""

    id: str
    unique_id: str
    kind: str
    name: str
    mime: str
    path: str
    data: bytes = field(repr=False)


class FileStore:
    """Files by id and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, kind: str, name: str, mime: str, data: bytes) -> StoredFile:
        """Keep a file; refused when it is empty or larger than Telegram takes."""
        if not data:
            raise bad_request("file must be non-empty")
        if len(data) > LARGEST_UPLOAD:
            raise bad_request("file is too big")
        number = len(self._by_id)
        ending = "." + name.rpartition(".")[2] if "." in name else ""
        path = f"{_FOLDERS[kind]}/file_{number}{ending if ending.isascii() and ending[1:].isalnum() else ''}"
        stored = StoredFile(f"PLAYGROUND{kind.upper()}{number:08}", f"UNIQUE{number:08}", kind, name, mime, path, data)
        self._by_id[stored.id] = stored
        self._by_path[path] = stored
        return stored

    def by_id(self, file_id: str) -> StoredFile:
        """The file, or Telegram's refusal."""
        stored = self._by_id.get(file_id)
        if stored is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return stored

    def find(self, file_id: str) -> StoredFile | None:
        """The file, if there is one."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """The file behind a path of getFile."""
        return self._by_path.get(path)


def image_size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG, GIF or JPEG, checked against Telegram's limits for photos."""
    size = _png(data) or _gif(data) or _jpeg(data)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if not (width and height) or width + height > _LARGEST_SIDES or max(size) > _LARGEST_RATIO * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return size


def _png(data: bytes) -> tuple[int, int] | None:
    if data[:8] != b"\x89PNG\r\n\x1a\n" or len(data) < 24:
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _gif(data: bytes) -> tuple[int, int] | None:
    if data[:4] != b"GIF8" or len(data) < 10:
        return None
    width, height = struct.unpack("<HH", data[6:10])
    return width, height


def _jpeg(data: bytes) -> tuple[int, int] | None:
    position = 2 if data[:2] == b"\xff\xd8" else len(data)
    while position + 9 <= len(data):
        marker, length = struct.unpack(">HH", data[position : position + 4])
        # C0 to CF start a frame, except the three that define tables.
        if 0xFFC0 <= marker <= 0xFFCF and marker not in {0xFFC4, 0xFFC8, 0xFFCC}:
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return width, height
        position += 2 + length
    return None
