"""Talks that the end-to-end tests play: the question that is waited for, and what the person does."""

from __future__ import annotations

from datetime import UTC, datetime

FIRST_STEPS = [
    ("Are you 18 or older?", "[Yes]"),
    ("Do you agree that I store it?", "[I agree]"),
]

OWN_IT = [
    ("is one of these true right now?", "[None of these]"),
    ("What did you do?", "I told your brother what you had asked me to keep private."),
    ("Does it say what you did", "[Yes, it does]"),
    ("Which sentence comes closest", "[I was wrong. I am sorry.]"),
    ("You may have felt", "[hurt] → [let down] → [Done]"),
    ("leave it out", "[Leave it out]"),
    ("to put some of it right?", "I will tell your brother that it was not mine to tell."),
    ("Say when or where you will do it.", "Before I talk about us to anyone, I will ask you."),
    ("How would you like to end it?", "[Take the time you need.]"),
    ("Does it sound like you?", "[Yes, keep it]"),
]

FEELINGS = [
    ("Could you tell", "[Yes, I could]"),
    ("in one whole sentence", "On Sunday you left the table and did not come back."),
    ("say that this happened", "[Yes, I think so]"),
    ("nearest to what you feel?", "[Sad]"),
    ("fit best after", "[disappointed] → [Done]"),
    ("What matters to me is", "[honesty] → [Done]"),
    ("one small thing you could ask", "Could we talk for ten minutes on Friday?"),
    ("could you live with that?", "[Yes, I could]"),
    ("Does it sound like you?", "[Yes, keep it]"),
]

BOUNDARY = [
    ("Could you say no to", "[Yes, I could]"),
    ("What keeps happening?", "Sometimes we shout at each other late at night."),
    ("Where does it become too much", "I can't talk while we shout."),
    ("what will you do?", "If we shout, I will go to the other room for 20 minutes."),
    ("What does that sentence do?", "[It says what I will do]"),
    ("What could you offer instead?", "After that, I would like to try again."),
    ("end with a question", "[How do you see it?]"),
    ("Could you say it calmly?", "[Yes, keep it]"),
]

PROMISE = [
    ("one tiny thing you will do?", "I will write one line when I leave work."),
    ("How sure are you", "[9]"),
    ("When and where will you do it?", "I do it at the bus stop."),
    ("What could get in the way?", "My phone is in my bag and I forget."),
    ("What will you do then?", "If I forget, then I will write from the bus."),
    ("the very first move?", "[I saw it]"),
    ("On which days?", "[Every day] → [Done]"),
    ("At what time of day?", "[18:30]"),
]


def whole_talk(now: float) -> list[tuple[str, str]]:
    """The repair talk from the first message to the promise. `now` is the playground's time in seconds."""
    local = datetime.fromtimestamp(now, tz=UTC)
    return [
        *FIRST_STEPS,
        ("What time is it for you now?", f"{local:%H:%M}"),
        ("Which place has the same clock", "[Accra]"),
        ("What would help most right now?", "[Prepare a repair talk]"),
        ("How are you right now?", "[2]"),
        ("Who do you want to talk with?", "Kim"),
        ("Who is Kim to you?", "[Family]"),
        ("What is it about?", "[Both of us had a part]"),
        ("Next: owning what you did", "[Begin]"),
        *OWN_IT,
        ("Next: what you feel and need", "[Begin]"),
        *FEELINGS,
        ("Next: their side", "[Leave out this part]"),
        ("Next: a limit", "[Begin]"),
        *BOUNDARY,
        ("Next: one small promise", "[Begin]"),
        *PROMISE,
    ]
