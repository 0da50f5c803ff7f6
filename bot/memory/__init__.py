"""What must outlive the process, in one SQLite file, and the only place where SQL is written.

The idea: everything that belongs to one turn is one plain function of a `sqlite3.Connection`; `Database.write` runs it,
together with whatever else waits, in one transaction and one hop to the worker thread. `Inbox`, `Outbox`, `Sessions`,
`People` and `Followups` are such functions, with the cipher at hand. What a person wrote stands encrypted; in clear
stand only ids, times, states and counts.

Rejected: an object-relational mapper (ten times the cost a turn, and its sessions are a second cache), an awaited call
for each statement (coroutines that share a connection share its transaction), and a cache of sessions (the command
line writes too).
"""
