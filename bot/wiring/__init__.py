"""Puts the pieces together for `run`, `demo` and tests: the only place that knows them all.

Nothing is decided here but who gets what. Modules are imported where they are first needed, so that a fault in the
settings is told before the slow imports begin.
"""
