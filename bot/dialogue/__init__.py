"""What authors write: books of dialogues, read from YAML into frozen values and checked before anyone meets them.

The idea: text comes in as sources (name and content; reading files is somebody else's work), positions travel with
every value until the last check is done, and what comes out is either a whole book or all of its findings at once.

yaml events → positioned values (`source`) → shapes of the language (`shape`) → frozen tree (`build`, `tree`) → `check`.
"""
