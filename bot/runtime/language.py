"""In which language somebody is told something outside of a turn."""

from __future__ import annotations

from bot.conversation.language import spoken
from bot.dialogue.tree import Book
from bot.runtime.ports import Connection, Memory


def spoken_to(person: int, book: Book, memory: Memory, connection: Connection) -> Book:
    """The book in the language of the person, as far as that can be known. Never raises."""
    try:
        known = memory.people.load(connection, person)
    except Exception:  # noqa: BLE001 - what is known of them may be the very thing that went wrong
        return book
    return spoken(book, known) if known else book
