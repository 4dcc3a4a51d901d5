"""The one error that a person is meant to read."""


class ClaraError(Exception):
    """Something a person can mend: its text says, in one line each, what is wrong and what to do."""
