"""The errors that end an audit before it has a verdict."""


class AuditError(Exception):
    """The audit can't be made: its text says what is wrong and what to do."""


class NoSource(AuditError):
    """Nobody who knows vulnerabilities could be asked: nothing is known, neither good nor bad."""
