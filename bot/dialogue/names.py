"""Names that mean something everywhere: in texts, in conditions, among commands and lines."""

from __future__ import annotations

from bot.dialogue.slot import Slot

TEXT_NAMES = frozenset(
    {
        "title", "step", "steps", "talk", "promises", "keepsakes", "promise", "next_nudge",
        "operator", "contact", "keep_days",
    }
)  # fmt: skip
"""What any text may show beside slots."""

LINE_VALUES = frozenset(
    {
        "step", "steps", "choice", "from", "to", "min", "max", "length", "least", "most", "words",
        "answer", "questions", "before", "after",
    }
)  # fmt: skip
"""What the program fills into its own lines."""

CONDITION_NAMES = {
    "talk": Slot("text"),
    "promises": Slot("number"),
    "keepsakes": Slot("number"),
    "local_hour": Slot("number"),
}
"""What any condition may look at beside slots."""

HELP_NOW = "help_now"
"""The dialogue with help lines, which no book may replace."""

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

REQUIRED_LINES = TYPED_LINES | frozenset(
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
    ]
)
"""Every line that the program says by itself."""

BUTTON_LINES = frozenset(
    {
        "back", "not_now", "done", "yes", "no", "today", "tomorrow", "in_a_week", "somewhere_else", "every_day",
        "as_in_telegram", "language_name", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "keep_answer", "earlier",
        "later", "change_promise", "leave_promise", "keep_promise", "drop_promise",
    }
)  # fmt: skip
"""Lines that stand on buttons."""

LABEL_MOST = 30
"""Characters of a label that a phone still shows whole; Telegram itself names no limit."""
