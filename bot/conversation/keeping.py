"""What a node leaves behind: keepsakes in the person's hands, and a mark in the trail that it did something."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.effect import kept, reaches
from bot.conversation.event import Span
from bot.conversation.fitting import joined
from bot.conversation.offer import LONGEST_KEY
from bot.conversation.person import Keepsake
from bot.conversation.session import Did
from bot.conversation.stage import Stage
from bot.conversation.voice import Voice
from bot.conversation.wording import plain, words
from bot.dialogue.condition import holds
from bot.dialogue.tree import Keep, Node


def been_here(node: Node, stage: Stage) -> bool:
    """Whether what this node keeps and does was done before the person went back; noted, so that it isn't twice."""
    talk = stage.talk
    reaching = any(reaches(effect) for effect in node.effects)
    if not reaching and not node.keeps:
        return False
    did, ahead = talk.ahead.did(talk.frames) if talk.ahead else (None, None)
    stage.hold(replace(talk, trail=(*talk.trail, did or Did(talk.frames, stage.now)), ahead=ahead))
    stage.reached |= stage.silent and did is None and reaching
    return did is not None


def keep(keepsake: Keep, voice: Voice, stage: Stage, *, again: bool) -> None:
    """Make the keepsake, and show it; one that is made `again` only if it has become another, and then as new."""
    scene = stage.scene(stage.node())
    said = [voice.template(part, count=not again) for part in keepsake.parts if holds(part.when, scene)]
    text = joined(plain(one) for one in said)
    title = plain(words(keepsake.title, scene)) or plain(words(scene.dialogue.title, scene))
    if not text:
        return
    name = f"{stage.talk.id:x}.{stage.talk.frames[-1].id}.{keepsake.kind}"[:LONGEST_KEY]
    before = next((one for one in stage.person.keepsakes if one.id == name), None) if again else None
    if before and (before.title, before.text) == (title, text):
        return
    made = Keepsake(name, keepsake.kind, title, text, stage.now, stage.talk.pair)
    stage.happen(kept(made, (Span(" · "), *voice.own("new_version")) if before else ()))
