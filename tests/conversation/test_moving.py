"""A book is edited under people who are parked at every question of it: each goes on, and no answer is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.conversation.event import Questioned, Spoke, Stumbled
from bot.conversation.incoming import Asked, Chose, Said
from bot.conversation.moving import Moving
from bot.conversation.offer import BACK
from bot.conversation.session import Doubt, Session, Talk
from bot.conversation.trail import Answered, Filled, Spare, Step
from bot.conversation.turn import take_turn
from bot.conversation.wording import line, plain
from bot.dialogue.ask import ManyAsk, OneAsk
from bot.dialogue.tree import Book
from tests.conversation import edits
from tests.conversation.chat import FACTS, Chat, sound
from tests.conversation.edits import EDITS, Edit
from tests.conversation.parked import Place, branch, parked

# Many turns through what plain examples cover: counting lines here would only make it slow.
pytestmark = pytest.mark.no_cover

NOTES = ("moved_question", "moved_back", "moved_start", "moved_gone")


@pytest.fixture(scope="session")
def real_people(real_book: Book) -> dict[Place, Chat]:
    return parked(real_book)


@pytest.fixture(scope="session")
def kinds_people(kinds_book: Book) -> dict[Place, Chat]:
    return parked(kinds_book)


def values(session: Session | None) -> list[object]:
    """Everything that a session keeps of what was answered."""
    assert session is not None
    return [value for talk in (*session.talks, *session.gone) for value in _kept(talk)]


def _kept(talk: Talk) -> Iterator[object]:
    steps: tuple[Step, ...] = (*talk.trail, *(talk.ahead.steps if talk.ahead else ()))
    if talk.open and isinstance(talk.open.front, Doubt):
        steps = (*steps, talk.open.front.given)
    drafts = (talk.draft, talk.ahead.draft if talk.ahead else None)
    steps = (*steps, *(one.given for one in drafts if one))
    for step in steps:
        inner = step.step if isinstance(step, Spare) else step
        if isinstance(inner, Answered | Filled):
            yield inner.value


def lost(book: Book, before: Session, after: Session) -> list[object]:
    """Answers that are nowhere any more; a choice may have become another id of it, or the words on its button."""
    left = values(after)
    labels: dict[str, set[str]] = {}
    for dialogue in book.dialogues.values():
        for node in dialogue.nodes.values():
            for choice in node.ask.choices if isinstance(node.ask, OneAsk | ManyAsk) else ():
                labels.setdefault(choice.id, {f"{choice.id}_now"}).add(choice.label.plain)

    def there(value: object) -> bool:
        if value in left:
            return True
        if isinstance(value, tuple):
            return any(
                isinstance(one, tuple) and len(one) == len(value) and all(map(alike, value, one)) for one in left
            )
        return any(alike(value, one) for one in left)

    def alike(value: object, one: object) -> bool:
        return value == one or one in labels.get(str(value), ())

    return [value for value in values(before) if not there(value)]


def ways(chat: Chat, new: Book) -> tuple[str, Session]:
    """The way of the talk on top, and the session after the move."""
    assert chat.session is not None
    move = Moving(new, {chat.book.revision: chat.book}).plan(chat.session)
    return move.ways[-1][1], move.session


def told(chat: Chat, new: Book, texts: list[str]) -> list[str]:
    """Which of the sentences about an edit were said."""
    found = {name: plain(line(new, name)) for name in NOTES}
    return [name for text in texts for name, words in found.items() if words in text]


def next_turn(chat: Chat, new: Book, incoming: Said | Chose | Asked) -> tuple[Chat, list[str]]:
    """The next turn after the edit: the chat, and what was said in it."""
    other = branch(chat)
    other.now += 1000
    turn = take_turn(new, chat.session, incoming, other.now, chat.person, FACTS, {chat.book.revision: chat.book})
    assert not any(isinstance(event, Stumbled) for event in turn.events)
    other.book, other.session = new, turn.session
    return other, [plain(event.words) for event in turn.events if isinstance(event, Spoke | Questioned)]


def at(chat: Chat, dialogue: str) -> bool:
    """Whether the dialogue is the only one that the talk is about."""
    assert chat.session is not None
    return chat.session.talks[-1].frames[0].dialogue == dialogue


def expected(edit: Edit, chat: Chat, place: Place) -> set[str]:
    """The ways that an edit of this very question may mean for who waits at it."""
    dialogue, node = place
    ask = chat.book.dialogues[dialogue].nodes[node].ask
    match edit:
        case edits.removed | edits.renamed_without_was:
            return {"step_back"}
        case edits.dialogue_removed:
            return {"gone"} if at(chat, dialogue) else {"step_back"}
        case edits.entry_changed:
            return {"same"}
        case edits.called_changed:
            return {"same", "move"}
        case edits.retyped:
            again = any(isinstance(step, Answered) and step.slot == ask.slot for step in chat.talk.trail if ask)
            return {"step_back", "move"} if again else {"move"}
        case _:
            return {"move"}


def told_for(edit: Edit, way: str, chat: Chat, place: Place) -> set[str]:
    """The sentence that the person must hear of it, if any."""
    match way:
        case "gone":
            return {"moved_gone"}
        case "step_back":
            return {"moved_back", "moved_start"}
        case _:
            ask = chat.book.dialogues[place[0]].nodes[place[1]].ask
            choices = ask.choices if isinstance(ask, OneAsk | ManyAsk) else ()
            fewer = edit is edits.choice_removed and len(choices) > 1
            changed = edit is edits.retyped or (edit is edits.choice_added and choices) or fewer
            return {"moved_question"} if changed else set()


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
@pytest.mark.parametrize("name", ["real_people", "kinds_people"])
def test_whoever_waits_where_it_is_edited_goes_the_planned_way_and_is_told_in_one_sentence(
    request: pytest.FixtureRequest, name: str, edit: Edit
) -> None:
    people: dict[Place, Chat] = request.getfixturevalue(name)
    for place, chat in people.items():
        new = edit(chat.book, *place)
        way, moved = ways(chat, new)
        assert way in expected(edit, chat, place), place
        assert chat.session is not None
        assert lost(chat.book, chat.session, moved) == [], place
        other, said = next_turn(chat, new, Said("🙂"))
        news = told(chat, new, said)
        wanted = told_for(edit, way, chat, place)
        assert len(news) == bool(wanted), (place, said)
        assert set(news) <= wanted, place
        if news:
            assert lost(chat.book, chat.session, other.session or moved) == [], place
            _, said = next_turn(other, new, Asked("start"))
            assert told(other, new, said) == [], "told once"


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
@pytest.mark.parametrize("name", ["real_people", "kinds_people"])
def test_whoever_answered_it_already_goes_on_and_keeps_every_answer(
    request: pytest.FixtureRequest, name: str, edit: Edit
) -> None:
    people: dict[Place, Chat] = request.getfixturevalue(name)
    for place, chat in people.items():
        assert chat.session is not None
        answers = [step for step in chat.talk.trail if isinstance(step, Answered)]
        for step in (answers[:1], answers[-1:]):
            if not step:
                continue
            frame = step[0].frames[-1]
            new = edit(chat.book, frame.dialogue, frame.node)
            _, moved = ways(chat, new)
            assert lost(chat.book, chat.session, moved) == [], (place, frame.node)
            for incoming in (Said("🙂"), Chose(chat.nonce, BACK), Asked("start")):
                other, said = next_turn(chat, new, incoming)
                assert len(told(chat, new, said)) <= 1, (place, frame.node)
                assert said, "the person is answered"
                sound(new, moved, take_turn(new, moved, incoming, other.now, chat.person, FACTS))
