"""The loops that move data: receive, respond, deliver, remind, and `run`, which holds them together.

The idea: between the loops stand rows that are on the disk, so each can die at any instruction and nothing is lost;
what they hand each other in memory only saves reading the same rows again. Turns follow one another, calls to Telegram
are side by side.

Rejected: a worker for each chat (memory and wake-ups for people who are silent), a queue for each priority with
workers behind it (a full lane then hides in the workers), and one transaction a turn (ten share a commit at a fifth of
the cost).
"""
