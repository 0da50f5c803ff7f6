"""What an exploration came to, in words."""

from __future__ import annotations

from bot.workshop.explore import Explored, Found

MOST_NAMED = 10
"""Edges that are named one by one."""


def found_words(found: Found) -> str:
    """A find, and the shortest talk that leads to it, as a transcript."""
    find = found.find
    return f"{find.place or 'at rest'}: {find.rule}: {find.how}\n\n{found.transcript.rstrip()}"


def summary(explored: Explored) -> str:
    """How far it went, how fast, and how much was found."""
    passed = len(explored.edges) - len(explored.untrodden)
    rate = f"{explored.turns_a_second:,.0f} turns a second on one core, each with all that is checked"
    lines = [
        f"searched from {explored.settings} beginnings, from {explored.searched} of them every way to its end",
        f"random people: {explored.people:,}",
        f"edges: {passed} of {len(explored.edges)} passed",
        f"turns: {explored.turns:,} in {explored.seconds:.1f} s of processor time: {rate}",
        f"found: {len(explored.found)}" if explored.found else "found: nothing",
    ]
    if 0 < len(explored.untrodden) <= MOST_NAMED:
        ways = ", ".join(f"{edge.dialogue}.{edge.node} → {edge.way}" for edge in explored.untrodden)
        lines[2] += f"; not {ways}"
    return "\n".join(lines)
