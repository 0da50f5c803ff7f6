"""A small book about staying with it: promises, notes about them, reviews, a goodbye and a look back."""

from __future__ import annotations

BOOK = """
entry: desk
commands:
  desk: {dialogue: desk, about: Promise}
  mine: {dialogue: mine, about: Promises}
  wish: {dialogue: wish, about: Wishes}
nudging:
  most_promises: 2
  goodbye: farewell
  look_back: back_then
  weekly: week
  review: {dialogue: again, of: limit, after: 14 days}
"""

DESK = """
dialogue: desk
title: Desk
nodes:
  act:
    say: "{promises|quote} What will you do? Next note: {next_nudge}"
    ask: {text: act, max: 80}
    go:
      - {if: promises >= most_promises, to: full}
      - {to: days}
  full:
    say: That is enough.
    keep: {limit: "{act}"}
    end: full
  days:
    say: On which days?
    ask: {days: days}
    go: time
  time:
    say: When?
    ask: {time: time, skip: Any time}
    go: until
  until:
    say: Until when?
    ask: {date: until, skip: No end}
    do: {commit: {what: "{act}", days: days, time: time, until: until, check: check}}
    go: made
  made:
    say: "Next note: {next_nudge}"
    end: made
"""

CHECK = """
dialogue: check
title: Check
aside: true
nodes:
  ready:
    say: Your note is ready.
    ask:
      one: how
      choices:
        kept: {label: I did, go: kept}
        no: {label: Not this time, go: no}
        hour: {label: In an hour, go: hour}
        tomorrow: {label: Tomorrow, go: tomorrow}
        leave: {label: Leave it, go: left}
        deeper: {label: Talk about it, go: deeper}
  kept:
    do: {outcome: kept}
    go: told
  no:
    do: {outcome: not}
    go: told
  told:
    say: "{promise} {record}. Next: {next_for_promise}"
    end: told
  hour:
    do: {nudge: {dialogue: check, in: 1 hour}}
    end: later
  tomorrow:
    do: {nudge: {dialogue: check, in: 1 day}}
    end: later
  left:
    say: All right.
    end: left
  deeper:
    start: deep
"""

DEEP = """
dialogue: deep
title: Deep
nodes:
  why:
    say: "Why did {promise} not go?"
    ask: {text: why}
    end: told
"""

MINE = """
dialogue: mine
title: Mine
aside: true
nodes:
  begin:
    go:
      - {if: promises > 0, to: which}
      - {if: past_promises > 0, to: past}
      - {to: none}
  none:
    say: There is none.
    end: none
  past:
    say: Which of these?
    ask: {pick: which, from: past_promises}
    go: chosen
  which:
    say: Which one?
    ask: {pick: which, from: promises}
    go: chosen
  chosen:
    do: {about: which}
    go: what
  what:
    say:
      - {if: promise_state == "active", say: It is active.}
      - {if: promise_state == "paused", say: It is paused.}
      - {if: promise_state == "silent", say: It is silent.}
      - {if: promise_state == "finished", say: It is finished.}
      - {if: promise_state == "let_go", say: It is let go.}
      - "{promise} ({promise_days}, {promise_time}, {promise_until}) {times_kept}/{times_told}.
        Next: {next_for_promise}"
    ask:
      one: what
      choices:
        words: {label: Other words, go: words}
        days: {label: Other days, go: days}
        pause: {label: Pause, go: pause}
        finish: {label: Finish, go: finish}
        let_go: {label: Let go, go: let_go}
        renew: {label: Renew, go: renew, if: not promise_state == "active" or times_kept > 0}
        all_well: {label: Nothing, go: done}
  words:
    say: Which words?
    ask: {text: new, max: 80, skip: None}
    do: {change_promise: {promise: promise, what: "{new}"}}
    go: what
  days:
    say: Which days?
    ask: {days: other_days}
    go: time
  time:
    say: When?
    ask: {time: other_time, skip: As before}
    go: until
  until:
    say: Until when?
    ask: {date: other_until, skip: As before}
    do: {change_promise: {promise: which, days: other_days, time: other_time, until: other_until}}
    go: what
  pause:
    do: {pause_promise: {promise: promise, for: 14 days}}
    go: what
  finish:
    do: {finish: which}
    go: done
  let_go:
    do: {let_go: promise}
    go: done
  renew:
    do: {renew: which}
    go: what
  done:
    say: Done.
    end: done
"""

WISH = """
dialogue: wish
title: Wish
aside: true
nodes:
  what:
    say: "What? Next note: {next_nudge}"
    ask:
      one: what
      choices:
        {days: Days, time: Time, many: Many, review: Review, none: No review, off: "Off", on: "On", done: Done}
    go:
      - {if: what == "days", to: days}
      - {if: what == "time", to: time}
      - {if: what == "many", to: many}
      - {if: what == "review", to: review}
      - {if: what == "none", to: none}
      - {if: what == "off", to: stop}
      - {if: what == "done", to: done}
      - {to: go_on}
  days:
    say: Which days?
    ask: {days: note_days}
    go: what
  time:
    say: When?
    ask: {time: note_time}
    go: what
  many:
    say: How many a week?
    ask: {number: notes_a_week, from: 1, to: 7}
    go: what
  review:
    say: On which day?
    ask: {one: review_day, choices: {sat: Saturday, sun: Sunday}}
    go: at
  at:
    say: When?
    ask: {time: review_time, skip: Any time}
    go: what
  none:
    do: {forget: [review_day]}
    go: what
  done:
    say: Done.
    end: done
  stop:
    do: {nudges: "off"}
    go: what
  go_on:
    do: {nudges: "on"}
    go: what
"""

REST = """
dialogue: farewell
title: Farewell
aside: true
nodes:
  bye:
    say: I stop asking. Go on?
    ask: {one: bye, choices: {stay: Stay silent, renew: Go on}}
    go:
      - {if: bye == "renew", to: renewed}
      - {to: over}
  renewed:
    do: {renew: promise}
    go: over
  over:
    say: Good.
    end: over
"""
BACK_THEN = """
dialogue: back_then
title: Back then
aside: true
nodes:
  look:
    say: "{promise} is over: {record}. Again?"
    ask: {yes_no: again}
    go:
      - {if: again == "yes", to: renewed}
      - {to: over}
  renewed:
    do: {renew: promise}
    go: over
  over:
    say: Good.
    end: over
"""
WEEK = """
dialogue: week
title: Week
aside: true
nodes:
  how:
    say: How was the week?
    ask: {scale: week}
    go: more
  more:
    say: Anything else?
    ask: {text: more, skip: "No"}
    go: over
  over:
    say: Thank you.
    end: over
"""
AGAIN = """
dialogue: again
title: Again
aside: true
nodes:
  look:
    say: Shall we look at your limits again?
    ask: {yes_no: look}
    go: over
  over:
    say: Thank you.
    end: over
"""

DIALOGUES = (DESK, CHECK, DEEP, MINE, WISH, REST, BACK_THEN, WEEK, AGAIN)
