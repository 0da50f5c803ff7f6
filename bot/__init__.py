"""Repair Talk: a coach for the conversations people are afraid of, spoken through Telegram."""

__version__ = "0.1.0"
