"""What is known of the people of one hop, read for all of them at once."""

from __future__ import annotations

from collections.abc import Iterable

from bot.conversation.session import Session
from bot.memory.people import Known
from bot.runtime.ports import Connection, Memory


class Glance:
    """Each person as they stood when the hop began; whoever is asked for again is looked up anew.

    What can't be opened raises where the person is asked for, and nobody else pays for it. `connection` is the hop's.
    """

    def __init__(self, connection: Connection, memory: Memory, people: Iterable[int]) -> None:
        self.connection = connection
        self._memory = memory
        self._seen = set(people)
        self._found = memory.people.found(connection, self._seen)
        self._sealed = memory.sessions.sealed(connection, self._seen)

    def of(self, person: int) -> tuple[Known | None, Session | None]:
        """The person and their session, as far as there are any. Raises KeyFileError or ValueError."""
        connection, people, sessions = self.connection, self._memory.people, self._memory.sessions
        if person not in self._seen:
            return people.known(connection, person), sessions.load(connection, person)
        self._seen.remove(person)
        known = people.opened(connection, self._found.get(person))
        return known, sessions.opened(person, self._sealed.get(person))
