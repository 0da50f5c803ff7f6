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

LINE_VALUES = frozenset({"step", "steps", "choice", "from", "to", "min", "max", "length", "least", "most"})
"""What the program fills into its own lines."""

CONDITION_NAMES = {
    "talk": Slot("text"),
    "promises": Slot("number"),
    "keepsakes": Slot("number"),
    "local_hour": Slot("number"),
}
"""What any condition may look at beside slots."""

BUILT_IN_COMMANDS = frozenset({"start", "back", "pause", "cancel", "stop"})

REQUIRED_LINES = frozenset(
    [
        "about_start",
        "about_back",
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
        "paused",
        "resumed",
        "at_rest",
        "nothing_waits",
        "cancelled",
        "stopped",
        "unknown_command",
        "went_wrong",
        "book_changed",
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
    ]
)
"""Every line that the program says by itself."""

LABEL_MOST = 30
"""Characters of a label that a phone still shows whole; Telegram itself names no limit."""
