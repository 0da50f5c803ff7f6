"""What happens in the talk: one incoming, one turn, and the facts that came of it.

The idea: a turn is a pure function of (book, session, person, incoming, now). It returns the next session and the
events that happened; others send, store and schedule. It never raises and always ends at a wait or an end.

Rejected: callbacks per state (state stuck when one fails), and replaying all answers to go back (an edited book would
replay differently; here each answer remembers where it was given).
"""
