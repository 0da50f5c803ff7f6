"""Bot API methods about files: send photos and documents, and say where to fetch a file."""

from __future__ import annotations

from typing import Any

from bot.playground.body import Call, Upload
from bot.playground.files import LARGEST_DOWNLOAD, StoredFile, image_size
from bot.playground.methods_messages import chat_id_of, post
from bot.playground.refusal import bad_request
from bot.playground.state import State
from bot.playground.wire import document_json, file_json, photo_json
from bot.playground.wording import read_caption


def send_photo(state: State, call: Call) -> dict[str, Any]:
    """Send a picture, uploaded or by file_id."""
    state.writable(chat_id_of(call))
    wording = read_caption(call)
    stored = _file(state, call, "photo")
    width, height = image_size(stored.data)
    return post(
        state, call, wording, kind="photo", content={"photo": photo_json(stored, width, height)}, file_id=stored.id
    )


def send_document(state: State, call: Call) -> dict[str, Any]:
    """Send any file, uploaded or by file_id."""
    state.writable(chat_id_of(call))
    wording = read_caption(call)
    stored = _file(state, call, "document")
    return post(state, call, wording, kind="document", content={"document": document_json(stored)}, file_id=stored.id)


def get_file(state: State, call: Call) -> dict[str, Any]:
    """Where to fetch a file."""
    stored = state.files.by_id(call.text("file_id"))
    if len(stored.data) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return {**file_json(stored), "file_path": stored.path}


def _file(state: State, call: Call, kind: str) -> StoredFile:
    """The file of a call: a part of its own name, a part named by attach://, or one sent before."""
    given = call.text(kind)
    upload = call.files.get(given.removeprefix("attach://") if given.startswith("attach://") else kind)
    if upload is not None:
        if kind == "photo":
            image_size(upload.data or b"?")
        return _keep(state, kind, upload)
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    if "://" in given:
        raise bad_request("wrong HTTP URL specified")  # the playground fetches nothing from the network
    stored = state.files.find(given)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.capitalize()} as {kind.capitalize()}")
    return stored


def _keep(state: State, kind: str, upload: Upload) -> StoredFile:
    return state.files.add(kind, upload.name, upload.content_type, upload.data)
