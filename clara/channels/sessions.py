"""Issues the ids of conversations, and takes no other: they are signed, and end some hours after they were issued."""

import os
import re
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from itsdangerous import BadSignature, SignatureExpired, TimestampSigner

from clara.channels.rejection import Rejection
from clara.errors import ClaraError
from clara.settings import MIN_SECRET_CHARACTERS, Settings

SECRET_FILE = ".session_secret"
SIGNED = re.compile(r"[\w-]{43}\.[\w-]+\.[\w-]{27}", re.ASCII)  # id, time, signature


class Sessions:
    """A conversation's id is random; the client holds it signed, and the signed form is stored nowhere.

    So nobody can go on with a conversation whose id they read in the database, or made up.
    """

    def __init__(self, secret: str, seconds: int) -> None:
        """Ready to issue ids.

        Args:
            secret: what signs them; processes that serve the same visitors share it.
            seconds: how long an id holds.
        """
        self._signer = TimestampSigner(secret, salt="session")
        self._seconds = seconds

    def issue(self) -> str:
        """A new signed id."""
        return self._signer.sign(secrets.token_urlsafe(32)).decode()

    def open(self, signed: Any) -> str:
        """The conversation's id in a signed one; Rejection where it isn't one, wasn't issued here, or is too old."""
        try:
            if not isinstance(signed, str) or not SIGNED.fullmatch(signed):
                raise BadSignature("It doesn't even look like one.")
            return self._signer.unsign(signed, max_age=self._seconds).decode()
        except SignatureExpired:
            raise Rejection("session_over", "Leave `session` out to begin a new conversation: this one is over.") from None
        except (BadSignature, UnicodeError):
            raise Rejection(
                "unknown_session", "Send as `session` what came back with the first reply, or leave it out."
            ) from None


def session_secret(settings: Settings) -> str:
    """The secret of the settings, or else the one in a file of the checkout, which is made where there is none.

    Raises:
        ClaraError: the file can't be made or read.
    """
    if settings.session_secret:
        return settings.session_secret
    file = settings.root / SECRET_FILE
    try:
        if not file.exists():
            _write_once(file, secrets.token_hex(32))
        secret = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError) as error:
        raise ClaraError(f"The secret of the session ids can't be kept in {SECRET_FILE} ({error}): set SESSION_SECRET.") from None
    if len(secret) < MIN_SECRET_CHARACTERS:
        raise ClaraError(f"{SECRET_FILE} is damaged: delete it, and a new one is made. Running conversations end.")
    return secret


def _write_once(file: Path, text: str) -> None:
    """Write a file that only its owner may read; the first of several processes wins, and none ever reads half of it."""
    descriptor, name = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(text)
        with suppress(FileExistsError):
            os.link(name, file)
    finally:
        os.unlink(name)
