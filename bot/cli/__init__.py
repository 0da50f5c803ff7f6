"""The command line: what a person types becomes a call, and what goes wrong becomes one line on stderr.

Each module adds its commands to `app`, which lists them in the order of these imports. What a command needs is imported
inside it, so that each starts as fast as it can.
"""

from bot.cli import bench, book, check, explore, graph, helplines, migrate, new, rehearse, review, run, stats, translate
from bot.cli.app import app

__all__ = [
    "app",
    "bench",
    "book",
    "check",
    "explore",
    "graph",
    "helplines",
    "migrate",
    "new",
    "rehearse",
    "review",
    "run",
    "stats",
    "translate",
]
