"""Telegram: what comes in, what goes out, and the one door between. Nothing outside knows the platform's formats.

Importing `gateway` takes a third of a second (the library behind it); the other modules here cost next to nothing.
"""
