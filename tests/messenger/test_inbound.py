"""Every kind of update, as Telegram sends it, and whatever else somebody may send."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from bot.conversation.incoming import Asked, Chose, Edited, Fumbled, Incoming, Left, Returned, Said, Sent
from bot.messenger.inbound import ALLOWED, Arrival, Elsewhere, Nothing, Reading, Unreadable, person_of, read, tap_of

ME = 42
ANN = 1_000_001
GROUP = -1_001_234_567_890

SENDER = {"id": ANN, "is_bot": False, "first_name": "Ann", "language_code": "de"}
CHAT = {"id": ANN, "first_name": "Ann", "type": "private"}
BOT = {"id": ME, "is_bot": True, "first_name": "Coach", "username": "coach_bot"}


def message(**content: Any) -> dict[str, Any]:
    return {
        "update_id": 1,
        "message": {"message_id": 7, "from": SENDER, "chat": CHAT, "date": 1_700_000_000, **content},
    }


def edit(**content: Any) -> dict[str, Any]:
    return {"update_id": 1, "edited_message": {**message(**content)["message"], "edit_date": 1_700_000_100}}


def tapped(**content: Any) -> dict[str, Any]:
    shown = {"message_id": 9, "from": BOT, "chat": CHAT, "date": 1_700_000_000, "text": "Shall we?"}
    query = {"id": "4382bfdwdsb323b2d9", "from": SENDER, "message": shown, "chat_instance": "-3", "data": "1f:yes"}
    return {"update_id": 1, "callback_query": {**query, **content}}


def membership(status: str, chat: dict[str, Any] = CHAT) -> dict[str, Any]:
    change = {
        "chat": chat,
        "from": SENDER,
        "date": 1_700_000_000,
        "old_chat_member": {"user": BOT, "status": "member"},
        "new_chat_member": {"user": BOT, "status": status},
    }
    return {"update_id": 1, "my_chat_member": change}


def in_group(kind: str = "supergroup", **content: Any) -> dict[str, Any]:
    return message(chat={"id": GROUP, "title": "Family", "type": kind}, **content)


def incoming(update: dict[str, Any]) -> Incoming:
    reading = read(update, ME)
    assert isinstance(reading, Arrival), reading
    return reading.incoming


def test_text_is_said_word_for_word() -> None:
    assert read(message(text="  I told Sam.\n"), ME) == Arrival(ANN, Said("  I told Sam.\n", 7), "de", None, 7)


@pytest.mark.parametrize("text", ["a\x00b", "\u200b", "\u202eabc\u202c", "x" * 4096, "👍🏽", "\ud83d", " ", "0"])
def test_strange_text_is_kept_exactly(text: str) -> None:
    assert incoming(message(text=text)) == Said(text, 7)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("/start", Asked("start")),
        ("/START", Asked("start")),
        ("/start raise", Asked("start", "raise")),
        ("/start   two words ", Asked("start", "two words")),
        ("/help@coach_bot", Asked("help")),
        ("/help@other_bot now", Asked("help", "now")),
        ("/stop\nplease", Asked("stop", "please")),
        ("/not_now", Asked("not_now")),
        ("/stop!", Asked("stop", "!")),
    ],
)
def test_commands_are_asked(text: str, asked: Asked) -> None:
    assert incoming(message(text=text)) == asked


@pytest.mark.parametrize(
    "text", ["/", "/ ", "/ help", "//help", "/home/me", "/stopé", "/привет", " /help", "a /help", "/" + "x" * 33]
)
def test_a_stroke_alone_makes_no_command(text: str) -> None:
    assert incoming(message(text=text)) == Said(text, 7)


def test_a_caption_is_said_and_is_no_command() -> None:
    assert incoming(message(photo=[{"file_id": "f"}], caption="This is us")) == Said("This is us", 7)
    assert incoming(message(photo=[{"file_id": "f"}], caption="/help")) == Said("/help", 7)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"photo": [{"file_id": "f"}]}, "photo"),
        ({"voice": {"file_id": "f"}}, "voice"),
        ({"sticker": {"file_id": "f"}}, "sticker"),
        ({"video": {"file_id": "f"}}, "video"),
        ({"video_note": {"file_id": "f"}}, "video_note"),
        ({"document": {"file_id": "f"}, "animation": {"file_id": "f"}}, "animation"),
        ({"audio": {"file_id": "f"}}, "audio"),
        ({"document": {"file_id": "f"}}, "document"),
        ({"location": {"latitude": 1.0, "longitude": 2.0}}, "location"),
        ({"location": {"latitude": 1.0, "longitude": 2.0}, "venue": {"title": "Café"}}, "venue"),
        ({"contact": {"phone_number": "1"}}, "contact"),
        ({"poll": {"id": "1"}}, "poll"),
        ({"dice": {"value": 6}}, "dice"),
        ({"story": {"id": 1}}, "story"),
        ({"paid_media": {}}, "paid_media"),
        ({"hologram": {}}, "something"),
        ({}, "something"),
    ],
)
def test_what_cannot_be_read_is_named(content: dict[str, Any], kind: str) -> None:
    assert incoming(message(**content)) == Sent(kind)


@pytest.mark.parametrize(
    "content",
    [{"pinned_message": {}}, {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}}, {"gift": {}}],
)
def test_news_of_the_chat_is_nothing(content: dict[str, Any]) -> None:
    assert read(message(**content), ME) == Nothing("service")


@pytest.mark.parametrize("number", [None, 0, -1, 2**60, True, "7"])
def test_a_message_without_a_proper_id_is_said_all_the_same(number: object) -> None:
    assert read(message(text="hi", message_id=number), ME) == Arrival(ANN, Said("hi"), "de")
    assert isinstance(read(edit(text="hi", message_id=number), ME), Unreadable)


def test_an_edited_message_is_edited() -> None:
    assert read(edit(text="I told Alex."), ME) == Arrival(ANN, Edited("I told Alex.", 7), "de", None, 7)
    assert incoming(edit(photo=[], caption="better")) == Edited("better", 7)


def test_an_edited_command_is_an_edit_all_the_same() -> None:
    assert incoming(edit(text="/stop")) == Edited("/stop", 7)


def test_an_edit_without_words_is_nothing() -> None:
    assert read(edit(location={"latitude": 1.0, "longitude": 2.0}), ME) == Nothing("an edit without words")


def test_a_tap_is_chosen() -> None:
    assert read(tapped(), ME) == Arrival(ANN, Chose(31, "yes"), "de", "4382bfdwdsb323b2d9", 9)


@pytest.mark.parametrize("data", [None, "", "yes", "1f:", "1F:yes", "-1:yes", "x" * 64])
def test_a_forged_tap_is_a_fumble(data: str | None) -> None:
    assert incoming(tapped(data=data)) == Fumbled()


def test_a_tap_on_an_old_message_still_counts() -> None:
    assert incoming(tapped(message={"chat": CHAT, "message_id": 9, "date": 0})) == Chose(31, "yes")
    without = tapped()
    del without["callback_query"]["message"]
    assert read(without, ME) == Arrival(ANN, Chose(31, "yes"), "de", "4382bfdwdsb323b2d9", None)


def test_a_tap_on_an_inline_message_is_nothing() -> None:
    without = tapped(inline_message_id="AAA")
    del without["callback_query"]["message"]
    assert read(without, ME) == Nothing("inline")


def test_blocking_and_unblocking_are_noticed() -> None:
    assert incoming(membership("kicked")) == Left()
    assert incoming(membership("member")) == Returned()
    assert read(membership("restricted"), ME) == Nothing("membership")


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
def test_other_places_are_elsewhere(kind: str) -> None:
    chat = {"id": GROUP, "title": "Family", "type": kind}
    assert read(in_group(kind, text="hello"), ME) == Elsewhere(GROUP)
    assert read(membership("member", chat), ME) == Elsewhere(GROUP)
    assert read(membership("administrator", chat), ME) == Elsewhere(GROUP)
    assert read(tapped(message={"chat": chat, "message_id": 9, "date": 0}), ME) == Elsewhere(GROUP)


@pytest.mark.parametrize("status", ["left", "kicked"])
def test_a_group_that_we_were_removed_from_is_left_alone(status: str) -> None:
    assert read(membership(status, {"id": GROUP, "type": "group"}), ME) == Nothing("removed")
    assert read(in_group(left_chat_member=BOT), ME) == Nothing("removed")


def test_other_bots_are_not_answered() -> None:
    other = {"id": ANN, "is_bot": True, "first_name": "Echo"}
    assert read({"message": {**message(text="hi")["message"], "from": other}}, ME) == Nothing("a bot")
    assert read(tapped(**{"from": other}), ME) == Nothing("a bot")


def test_our_own_messages_are_not_answered() -> None:
    own = {"message_id": 1, "from": {"id": ME}, "chat": {"id": ME, "type": "private"}, "text": "hi"}
    assert read({"message": own}, ME) == Nothing("a bot")


@pytest.mark.parametrize("kind", ["inline_query", "message_reaction", "channel_post", "poll_answer", "shipping_query"])
def test_other_kinds_of_update_are_nothing(kind: str) -> None:
    assert read({"update_id": 1, kind: {"id": "1", "from": SENDER, "chat": CHAT}}, ME) == Nothing(
        "another kind of update"
    )


@pytest.mark.parametrize(
    ("code", "language"),
    [
        *(("de", "de"), ("pt-br", "pt-br"), ("zh-hans-sg", "zh-hans-sg")),
        *((None, ""), ("", ""), (7, ""), ("../etc", ""), ("de\n", ""), ("x" * 40, "")),
    ],
)
def test_only_a_language_tag_is_a_language(code: object, language: str) -> None:
    reading = read(message(text="hi", **{"from": {**SENDER, "language_code": code}}), ME)
    assert isinstance(reading, Arrival)
    assert reading.language == language


KINDS: list[Any] = ["lounge", None, 7, [], {}]
NO_CHATS: list[Any] = [
    *(None, {}, {"type": "private"}, {"id": "7", "type": "private"}),
    *({"id": number, "type": "private"} for number in (0, -5, True, 2**60, 10**400, 1.5, float("nan"))),
    *({"id": ANN, "type": kind} for kind in KINDS),
]
MALFORMED: list[Any] = [
    *(None, 7, "text", [], {"message": None}, {"message": "hi"}, {"callback_query": []}, {"message": {}}),
    *(message(text="hi", chat=chat) for chat in NO_CHATS),
]


@pytest.mark.parametrize("update", MALFORMED)
def test_malformed_updates_are_unreadable(update: object) -> None:
    assert isinstance(read(update, ME), Unreadable)
    assert person_of(update) == 0


def test_a_sender_who_is_not_the_chat_is_not_believed() -> None:
    forged = message(text="hi", **{"from": {**SENDER, "id": ANN + 1}})
    assert read(forged, ME) == Unreadable("message is from another than its chat", ANN)
    assert isinstance(read(tapped(**{"from": {**SENDER, "id": ANN + 1}}), ME), Unreadable)


def test_the_inbox_learns_whose_it_is() -> None:
    for update in (message(text="hi"), edit(text="hi"), tapped(), membership("kicked")):
        assert person_of(update) == ANN
    for update in (in_group(text="hi"), {"inline_query": {"from": SENDER}}, {}):
        assert person_of(update) == 0


def test_only_taps_wait_to_be_answered() -> None:
    assert tap_of(tapped()) == "4382bfdwdsb323b2d9"
    assert tap_of(message(text="hi")) is None
    for odd in (None, 7, "", "x" * 65):
        assert tap_of(tapped(id=odd)) is None
    assert tap_of(None) is None


REAL = [
    message(text="I told Sam."),
    message(text="/start raise", entities=[{"offset": 0, "length": 6, "type": "bot_command"}]),
    message(photo=[{"file_id": "f", "width": 1}], caption="us"),
    message(pinned_message={"message_id": 3}),
    edit(text="I told Alex."),
    tapped(),
    membership("kicked"),
    in_group(text="hello", left_chat_member=BOT),
]

ATOMS = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.sampled_from([ANN, "private"]))
)
NAMES = st.one_of(st.text(max_size=5), st.sampled_from([*ALLOWED, "chat", "from", "id", "type", "text"]))
JSON = st.recursive(
    ATOMS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=5)),
    max_leaves=20,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside: list[tuple[Any, ...]] = []
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            inside += places(value[key], (*path, key))
    return [*([path] if path else []), *inside]


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """A real update, in which up to three places were lost or hold something else."""
    update: Any = copy.deepcopy(draw(st.sampled_from(REAL)))
    for _ in range(draw(st.integers(1, 3))):
        found = places(update)
        if not found:
            break
        *above, last = draw(st.sampled_from(found))
        parent = update
        for key in above:
            parent = parent[key]
        if draw(st.booleans()) and isinstance(parent, dict):
            del parent[last]
        else:
            parent[last] = draw(JSON)
    return update


def check(update: Any) -> None:
    reading: Reading = read(update, ME)
    person = person_of(update)
    tap_of(update)
    match reading:
        case Arrival():
            assert person == reading.person
            assert 0 < person < 2**53
            assert reading.message is None or 0 < reading.message < 2**53
            json.dumps(repr(reading))
        case Elsewhere(chat):
            assert -(2**53) < chat < 2**53
            assert person == 0
        case Unreadable(_, who):
            assert who in {None, person}
        case Nothing():
            pass


@given(JSON)
def test_any_json_is_read_without_complaint(update: Any) -> None:
    check(update)


@given(mutated())
def test_a_damaged_update_is_read_without_complaint(update: Any) -> None:
    check(update)


def test_peoples_words_stay_out_of_reprs() -> None:
    assert "Sam" not in repr(read(message(text="I told Sam."), ME))
