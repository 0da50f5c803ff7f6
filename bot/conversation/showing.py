"""What `show:` comes to: a file for the person's hands, with the same facts as words under it."""

from __future__ import annotations

from bot.conversation.event import Handed, Spoke
from bot.conversation.progress_words import progress_words
from bot.conversation.stage import Stage
from bot.conversation.wording import line
from bot.dialogue.effect import Show


def shown(effect: Show, stage: Stage) -> Handed | Spoke:
    """The picture, or one kind sentence as long as there is nothing to draw."""
    scene = stage.scene(stage.node())
    said = progress_words(scene.book, scene.person, scene.now)
    return Handed(effect.what, said) if said else Spoke(line(scene.book, "weeks_nothing"))
