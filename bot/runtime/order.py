"""Which outbox row leaves next: order within a chat, replies before nudges, and no chat behind another.

Pure: time comes in as seconds of a clock that never goes back. The messages of one chat are a strand, and the edits of
one question are another: of each strand at most one row is under way, and the next may leave when that one is written
down as settled. Strands that could send take turns.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from enum import Enum, auto
from heapq import heappop, heappush
from itertools import count
from typing import Final

from bot.memory.lanes import NUDGES, PEOPLE
from bot.memory.outbox import Row
from bot.runtime.pace import Pace

LANES: Final = (PEOPLE, NUDGES)


class _State(Enum):
    """Why a strand's first row is not under way, if it is not."""

    READY = auto()
    UNDER_WAY = auto()
    HELD = auto()
    UNPROVED = auto()
    NO_MESSAGE = auto()


@dataclass(slots=True, eq=False)
class _Strand:
    """Rows that leave one after the other. `turn` is the lane in which it stands in line, `alarm` its valid alarm."""

    state: _State = _State.READY
    current: Row | None = None
    rows: tuple[deque[Row], deque[Row]] = field(default_factory=lambda: (deque(), deque()))
    turn: int | None = None
    alarm: int = 0

    @property
    def first(self) -> Row | None:
        people, nudges = self.rows
        if people:
            return people[0]
        return nudges[0] if nudges else None


class Order:
    """All rows that wait, and those under way."""

    def __init__(self, pace: Pace) -> None:
        self.waiting = [0, 0]
        """How many rows wait or are under way, by lane."""
        self._pace = pace
        self._chats: dict[int, dict[int | None, _Strand]] = {}
        self._carriers: dict[tuple[int, int], int] = {}
        self._lines: tuple[deque[_Strand], deque[_Strand]] = (deque(), deque())
        self._alarms: list[tuple[float, int, _Strand]] = []
        self._numbers = count(1)
        self._unproved: list[_Strand] = []
        self._let_go: set[int] = set()
        self._wake: float | None = None

    def put(self, row: Row) -> None:
        """A row that waits; rows of one strand come in the order in which they shall leave."""
        strands = self._chats.setdefault(row.person, {})
        strand = strands.get(row.edits)
        if strand is None:
            strand = strands[row.edits] = _Strand()
        elif strand.state is _State.HELD and row.lane == PEOPLE and not strand.rows[PEOPLE]:
            strand.state = _State.READY  # a nudge was held back: no reason for a reply to wait
        strand.rows[row.lane].append(row)
        self.waiting[row.lane] += 1
        if row.question is not None:
            self._carriers[row.person, row.question] = row.id
        self._line_up(strand)

    def take(self, now: float, *, nudges: bool = True) -> Row | None:
        """The row that may leave now, or None; `wake` then says when to ask again.

        It counts as under way from here; spending its share of the pace is the caller's.
        """
        self._wake = None
        self._ring(now)
        for lane in LANES if nudges else LANES[:1]:
            line = self._lines[lane]
            if line and (wait := self._pace.wait(now, lane)) > 0:
                self._wake = now + wait
                return None  # what holds people back holds nudges back, too
            while line:
                strand = line.popleft()
                if strand.turn != lane:
                    continue  # it has moved up to the other lane since
                strand.turn = None
                if row := self._start(strand, now):
                    return row
        return None

    @property
    def wake(self) -> float | None:
        """When something may be able to leave that was not at the last `take`; None: not before something happens."""
        alarm = self._alarms[0][0] if self._alarms else None
        return min((at for at in (self._wake, alarm) if at is not None), default=None)

    def settled(self, row: Row) -> None:
        """The row needs no more sending, and that is written down: what waits behind it may leave."""
        strands = self._chats[row.person]
        strand = strands[row.edits]
        strand.current = None
        self._let_go.discard(row.id)
        self._gone(row)
        self._free(strand)
        if strand.first is None:
            del strands[row.edits]
            if not strands:
                del self._chats[row.person]

    def again(self, row: Row, at: float | None) -> None:
        """The row, now under way, shall be tried again: at that time or, with None, once `proved`."""
        if row.id in self._let_go:
            self.settled(row)
            return
        strand = self._chats[row.person][row.edits]
        strand.current = None
        strand.rows[row.lane].appendleft(row)
        if at is None:
            strand.state = _State.UNPROVED
            self._unproved.append(strand)
        else:
            self._hold(strand, at)

    @property
    def unproved(self) -> bool:
        """Whether rows wait for a sign that the server answers."""
        return bool(self._unproved)

    def proved(self) -> None:
        """The server answers."""
        strands, self._unproved = self._unproved, []
        for strand in strands:
            if strand.state is _State.UNPROVED:
                self._free(strand)

    def forget(self, person: int) -> list[Row]:
        """Nothing that waits for this person shall leave; returns those rows. What is under way is not tried again."""
        dropped: list[Row] = []
        strands = self._chats.get(person, {})
        for edits, strand in list(strands.items()):
            for rows in strand.rows:
                dropped.extend(rows)
                rows.clear()
            if strand.current is None:
                del strands[edits]
            else:
                self._let_go.add(strand.current.id)
        if not strands:
            self._chats.pop(person, None)
        for row in dropped:
            self._gone(row)
        return dropped

    def _start(self, strand: _Strand, now: float) -> Row | None:
        """Send the strand's first row under way, unless something holds it."""
        row = strand.first
        if row is None or strand.state is not _State.READY:
            return None
        if row.edits is not None and self._carriers.get((row.person, row.edits), row.id) < row.id:
            strand.state = _State.NO_MESSAGE
            return None
        if wait := self._pace.wait_in_chat(now, row.person, message=row.edits is None):
            self._hold(strand, now + wait)
            return None
        strand.rows[row.lane].popleft()
        strand.state = _State.UNDER_WAY
        strand.current = row
        return row

    def _gone(self, row: Row) -> None:
        self.waiting[row.lane] -= 1
        if row.question is None or self._carriers.get((row.person, row.question)) != row.id:
            return
        del self._carriers[row.person, row.question]
        edits = self._chats.get(row.person, {}).get(row.question)
        if edits is not None and edits.state is _State.NO_MESSAGE:
            self._free(edits)

    def _free(self, strand: _Strand) -> None:
        strand.state = _State.READY
        self._line_up(strand)

    def _hold(self, strand: _Strand, at: float) -> None:
        strand.state = _State.HELD
        strand.alarm = next(self._numbers)
        heappush(self._alarms, (at, strand.alarm, strand))

    def _ring(self, now: float) -> None:
        while self._alarms and self._alarms[0][0] <= now:
            _, alarm, strand = heappop(self._alarms)
            if strand.state is _State.HELD and strand.alarm == alarm:
                self._free(strand)

    def _line_up(self, strand: _Strand) -> None:
        row = strand.first
        if row is None or strand.state is not _State.READY:
            return
        if strand.turn is None or row.lane < strand.turn:
            strand.turn = row.lane
            self._lines[row.lane].append(strand)
