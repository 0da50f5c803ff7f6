"""A new book: small, sound, and commented for whoever writes on."""

from __future__ import annotations

import re
from pathlib import Path

from bot.errors import BookError

_BOOK = """\
# The book itself: where it begins, which commands it has, and what it remembers of a person.
# Everything else (settings, privacy, help lines, the words on buttons) is inherited.
# docs/dialogues.md is the whole language; docs/tutorial.md builds a dialogue step by step.

book: NAME                  # its id: lower-case letters, digits and _
title: TITLE
about: I help you to say thank you. I ask, and you find the words.
entry: thanks               # the dialogue that /start begins
rest: thanks                # and the one that answers when no talk is on

commands:
  thanks: {dialogue: thanks, about: Thank somebody}

person:                     # what stays known in every dialogue
  them: {type: text, default: them}     # the default is shown as long as nothing is known
"""

_DIALOGUE = """\
# One dialogue is one file. It begins at its first node, and every node says where it goes on.
# Back and Not now stand under each question by themselves.

dialogue: thanks
title: A word of thanks
summary: Finds what to thank somebody for, and the words for it.
steps: [who, what, effect]  # shows "Step 1 of 3" above these questions

nodes:
  who:
    say: Whom would you like to thank?
    hint: A name is enough.
    ask: {text: them, max: 40}
    go: what

  what:
    say: What did {them} do for you?
    hint: "For example: You waited for me in the rain."
    ask: {text: what, max: 300}
    go: effect

  effect:
    say: How was that for you?
    ask:
      one: effect
      choices: {lighter: It made things lighter, seen: I felt seen, brave: It gave me courage}
      other: true           # own words are welcome, too
      skip: I'd rather not say
    go: words

  words:
    say: Here it is, in your words.
    keep:                   # a keepsake: shown, and kept in the person's journal
      thanks:
        title: For {them}
        text:
          - "{what|sentence}"
          - {if: answered effect, say: "{effect|sentence}"}
          - Thank you.
    go: when

  when:
    say: Shall I ask you tomorrow whether you told them?
    ask: {yes_no: ask_me}
    go:
      - {if: ask_me == "yes", to: tomorrow}
      - {to: over}          # the last way has no condition, so there always is one

  tomorrow:
    say: All right. I ask you tomorrow at six in the evening.
    do: {nudge: {dialogue: told, in: 1 day, at: "18:00"}}
    end: planned

  over:
    say: All right. You know where to find me.
    end: over
"""

_TOLD = """\
# The note that "thanks" plans. Its first words should give nothing away: others may see the phone.

dialogue: told
title: Your note
aside: true                 # a short dialogue beside the talk: leaving it keeps no place
nodes:
  did:
    say: You asked for this note. Did you tell them?
    ask: {yes_no: did}
    timeout: {after: 2 days, go: silent}   # nobody has to answer
    go:
      - {if: did == "yes", to: told}
      - {to: not_yet}
  told:
    say: How good. I hope it was nice for both of you.
    end: told
  not_yet:
    say: That is fine. The words are kept until you want them.
    end: not_yet
  silent:
    say: I leave it at that. The words are kept.
    end: silent
"""

_TRANSCRIPT = """\
# A talk, written down. "repair-talk test FOLDER" holds it again and shows where the coach says something else.

transcript: Thanks with a note the day after
at: 2026-01-05 12:00
talk:
  - you: /start
  - coach: |-
      Step 1 of 3
      Whom would you like to thank?

      A name is enough.
  - you: Sam
  - coach: |-
      Step 2 of 3
      What did Sam do for you?

      For example: You waited for me in the rain.
  - you: you waited for me
  - coach: |-
      Step 3 of 3
      How was that for you?

      You could also type your own words.
  - tap: I felt seen
  - coach: Here it is, in your words.
  - coach: |-
      For Sam
      You waited for me. I felt seen. Thank you.
  - coach: Shall I ask you tomorrow whether you told them?
  - tap: "Yes"
  - coach: All right. I ask you tomorrow at six in the evening.
  - wait: 2d
  - coach: You asked for this note. Did you tell them?
  - tap: "Yes"
  - coach: How good. I hope it was nice for both of you.
"""

FILES = {
    "book.yaml": _BOOK,
    "thanks.yaml": _DIALOGUE,
    "told.yaml": _TOLD,
    "transcripts/thanks.yaml": _TRANSCRIPT,
}
"""Every file of a new book, by its path in the folder."""


def new_book(folder: Path) -> list[Path]:
    """Write a new book into the folder, which is made if it is not there; the files, in the order to read them.

    BookError where anything stands in the folder already, or it can't be written.
    """
    name = _id(folder.absolute().name)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BookError(f"{folder}: something stands here already; name a new folder, and nothing is overwritten")
    written = []
    try:
        for file, text in FILES.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("NAME", name).replace("TITLE", _title(name)), encoding="utf-8")
            written.append(path)
    except OSError as error:
        raise BookError(f"{folder}: can't be written ({error.strerror}); name a folder of yours") from error
    return written


def _id(name: str) -> str:
    """The folder's name as the id of a book."""
    found = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:40].rstrip("_")
    return found if found[:1].isalpha() else f"book_{found}".rstrip("_")[:40]


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()
