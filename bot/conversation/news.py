"""What an edit of the book changed for a person: told once, in one sentence, on a turn of their own."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import answer
from bot.conversation.change import choice_today
from bot.conversation.incoming import Asked, Chose, Edited, Fumbled, Incoming, Said, Sent
from bot.conversation.matching import exactly
from bot.conversation.moved_talk import BACK, BEGUN, CHANGED
from bot.conversation.offer import NOT_NOW, Option, options
from bot.conversation.session import Talk
from bot.conversation.walk import Walk
from bot.conversation.wording import line, plain
from bot.dialogue.ask import Ask, ManyAsk, OneAsk


def told(walk: Walk, incoming: Incoming) -> bool:
    """Tell what an edit changed where the person would notice it; True if that was the turn.

    Commands go first, so that nothing stands between a person and help; the talk below tells when it goes on.
    """
    session = walk.stage.session
    if not session.note and not any(talk.note for talk in session.talks):
        return False
    own = isinstance(incoming, Said | Chose | Sent | Fumbled | Edited)
    if session.note and (own or incoming in _GOING_ON):
        return _gone(walk, incoming)
    if isinstance(incoming, Chose):
        return _tapped(walk, incoming)
    talk = session.talk
    if talk is None or not talk.note or not (own or incoming == Asked("back")):
        return False
    if isinstance(incoming, Said):
        return _wrote(walk, talk, incoming.text)
    walk.resume()
    return True


_GOING_ON = (Asked("start"), Asked("back"), Asked("pause"), Asked("cancel"))


def _gone(walk: Walk, incoming: Incoming) -> bool:
    """The dialogue that the person was in is no more: then what waits below goes on, or the book's way to rest."""
    stage = walk.stage
    note = stage.session.note
    stage.session = replace(stage.session, note="")
    walk.voice.tell(note)
    if isinstance(incoming, Asked):
        return incoming.command != "start"
    if stage.session.talks:
        walk.resume()
    elif stage.book.rest:
        walk.open(stage.book.rest, returns=False)
    else:
        walk.voice.tell("at_rest")
    return True


def _wrote(walk: Walk, talk: Talk, text: str) -> bool:
    """Words that were meant for the question as it was: they count only if they are one of today's answers."""
    book = walk.stage.book
    if exactly(text, (Option(NOT_NOW, plain(line(book, "not_now"))),)):
        answer.pause(walk)
        return True
    ask = _ask(walk, talk)
    if talk.note == CHANGED and ask and exactly(text, options(ask, walk.stage.scene(walk.stage.node()))):
        return False
    walk.resume()
    return True


def _tapped(walk: Walk, chose: Chose) -> bool:
    """A button under a question that an edit moved counts as long as the question and the choice are there."""
    session = walk.stage.session
    talk = next((one for one in session.talks if one.open and one.open.nonce == chose.nonce), None)
    if talk is None:
        talk = session.talk
        if talk is None or not talk.note:
            return False
    elif not talk.note or _counts(_ask(walk, talk), talk.note, chose.key):
        return False
    else:
        answer.bring_up(walk, chose.nonce)
    if chose.key == NOT_NOW:
        answer.pause(walk)
    else:
        walk.resume()
    return True


def _ask(walk: Walk, talk: Talk) -> Ask | None:
    frame = talk.frames[-1]
    return walk.stage.book_of(talk).dialogues[frame.dialogue].nodes[frame.node].ask


def _counts(ask: Ask | None, note: str, key: str) -> bool:
    if note in {BACK, BEGUN}:
        return False
    if key.startswith("<") or not isinstance(ask, OneAsk | ManyAsk):
        return True
    return bool(choice_today(key, ask.choices))
