"""Names that mean something everywhere: in texts, in conditions, among commands and lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from bot.coaching.signal import Category
from bot.dialogue.helpline import Purpose
from bot.dialogue.slot import Slot

HELPLINE_NAMES: Mapping[str, tuple[Purpose, ...]] = {
    "helplines": get_args(Purpose)[1:],
    "helplines_crisis": ("crisis",),
    "helplines_violence": ("domestic_violence", "men", "lgbt", "crisis"),
    "helplines_sexual_violence": ("sexual_violence", "domestic_violence", "crisis"),
    "helplines_own_violence": ("own_violence", "crisis"),
    "helplines_child": ("child", "crisis"),
}
"""What any text may show of the help lines of the person's country: lines for these purposes, in this order."""

COUNTRY, COUNTRY_SHOWN, EMERGENCY, DIRECTORIES = "country", "helplines_country", "emergency", "directories"
"""The person's slot; the country whose lines are shown, what to call there in danger, and lists of all countries."""

THIS_PROMISE = "promise"
"""Stands where the slot of a promise does, for the one that the talk is about."""

PROMISE_STATES = ("active", "paused", "silent", "finished", "let_go")
"""What may have become of a promise; a silent one is still meant, but nobody asks about it any more."""

TEXT_NAMES = frozenset(
    {
        "title", "step", "steps", "talk", "promises", "keepsakes", THIS_PROMISE, "next_nudge",
        "promise_days", "promise_time", "promise_until", "next_for_promise", "record", "times_kept", "times_told",
        "operator", "contact", "keep_days", COUNTRY_SHOWN, EMERGENCY, DIRECTORIES, *HELPLINE_NAMES,
    }
)  # fmt: skip
"""What any text may show beside slots."""

LINE_VALUES = frozenset(
    {
        "step", "steps", "choice", "from", "to", "min", "max", "length", "least", "most", "words",
        "answer", "questions", "before", "after", "number", "word", "hours", "purpose", "day", "kept", "told",
    }
)  # fmt: skip
"""What the program fills into its own lines."""

CONDITION_NAMES = {
    "talk": Slot("text"),
    "promises": Slot("number"),
    "past_promises": Slot("number"),
    "most_promises": Slot("number"),
    "times_kept": Slot("number"),
    "times_told": Slot("number"),
    "promise_state": Slot("one", {state: state for state in PROMISE_STATES}),
    "keepsakes": Slot("number"),
    "local_hour": Slot("number"),
    COUNTRY_SHOWN: Slot("text"),
}
"""What any condition may look at beside slots."""

HELP_NOW = "help_now"
"""The dialogue with help lines, which no book may replace."""

SAFETY_ASK, SAFETY_REST = "safety_ask", "safety_rest"
"""The dialogue that asks gently what was meant, and the one that says that a part rests for now."""


def safety_dialogue(category: Category) -> str:
    """The dialogue that follows a signal of that category."""
    return f"safety_{category.value}"


SAFETY_OF: Mapping[str, Category] = {safety_dialogue(category): category for category in Category}
"""What the dialogues for somebody's safety are about."""

SAFETY = frozenset({SAFETY_ASK, SAFETY_REST, *SAFETY_OF, "safety_after", "safety_country"})
"""All dialogues for somebody's safety, which no book may replace, and which pass every gate."""

BUILT_IN_COMMANDS = frozenset({"start", "back", "answers", "pause", "cancel", "stop"})

TYPED_LINES = frozenset(
    [
        "yes_words",
        "no_words",
        "every_day_words",
        "workday_words",
        "weekend_words",
        "day_fillers",
        "noon_words",
        "midnight_words",
        "time_openers",
        "clock_words",
        "morning_words",
        "afternoon_words",
        "opening_words",
    ]
)
"""Lines that are never shown: lists of what people type."""

WEEKS_LINES = frozenset(
    {
        "weeks_nothing", "weeks_since", "weeks_counts", "weeks_kept", "weeks_partly", "weeks_not", "weeks_unasked",
        "weeks_row", "weeks_row_kept", "weeks_row_unasked", "weeks_paused", "weeks_finished", "weeks_let_go",
        "weeks_trust_once", "weeks_trust", "picture_title", "picture_days", "picture_promises", "picture_trust",
        "picture_kept", "picture_partly", "picture_not", "picture_unasked",
    }
)  # fmt: skip
"""Lines of the picture of a person's weeks, and of the words under it."""

REQUIRED_LINES = (
    TYPED_LINES
    | WEEKS_LINES
    | frozenset(
        [
            "about_start",
            "about_back",
            "about_answers",
            "about_pause",
            "about_cancel",
            "about_stop",
            "other_words",
            "back",
            "not_now",
            "done",
            "yes",
            "no",
            "today",
            "tomorrow",
            "in_a_week",
            "somewhere_else",
            "every_day",
            "progress",
            "chosen",
            "old_tap",
            "double_tap",
            "choose_again",
            "number_again",
            "time_again",
            "days_again",
            "date_again",
            "too_short",
            "too_long",
            "pick_more",
            "pick_fewer",
            "only_text",
            "start_of_talk",
            "undone",
            "until_now",
            "keep_answer",
            "before_tips",
            "before_stop",
            "change_words",
            "keep_words",
            "write_anew",
            "your_words",
            "which_answer",
            "no_answers",
            "earlier",
            "later",
            "answers_stay",
            "changed",
            "others_stay",
            "opens_again",
            "opens_new",
            "open_later",
            "not_needed",
            "new_version",
            "promise_differs",
            "change_promise",
            "leave_promise",
            "promise_gone",
            "keep_promise",
            "drop_promise",
            "promise_stays",
            "paused",
            "resumed",
            "at_rest",
            "nothing_waits",
            "cancelled",
            "stopped",
            "unknown_command",
            "went_wrong",
            "book_changed",
            "moved_question",
            "moved_back",
            "moved_start",
            "moved_gone",
            "private_only",
            "gated",
            "nothing_there",
            "finished",
            "and",
            "nothing_planned",
            "help_stays",
            "late_note",
            "record",
            "promise_paused",
            "promise_silent",
            "mon",
            "tue",
            "wed",
            "thu",
            "fri",
            "sat",
            "sun",
            "as_in_telegram",
            "daily",
            "quoted",
            "language_name",
            "more_countries",
            "anywhere",
            "emergency_here",
            "emergency_anywhere",
            "for_crisis",
            "for_domestic_violence",
            "for_domestic_violence_women",
            "for_men",
            "for_lgbt",
            "for_sexual_violence",
            "for_own_violence",
            "for_child",
            "at_hours",
            "hours_always",
            "hours_day",
            "hours_night",
            "hours_some",
            "to_text",
            "to_text_word",
            "any_other_line",
            "or",
            "checked",
            "checked_all",
            "checked_others",
        ]
    )
)
"""Every line that the program says by itself."""

BUTTON_LINES = frozenset(
    {
        "back", "not_now", "done", "yes", "no", "today", "tomorrow", "in_a_week", "somewhere_else", "every_day",
        "more_countries", "as_in_telegram", "language_name", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
        "keep_answer", "earlier", "later", "change_promise", "leave_promise", "keep_promise", "drop_promise",
        "change_words", "keep_words",
    }
)  # fmt: skip
"""Lines that stand on buttons."""

LABEL_MOST = 30
"""Characters of a label that a phone still shows whole; Telegram itself names no limit."""
