"""The ids of conversations that people have through messaging services."""

import hashlib
import hmac
from collections.abc import Sequence
from itertools import combinations

from clara.channels.messaging.registry import SERVICES
from clara.channels.sessions import session_secret
from clara.errors import ClaraError
from clara.settings import Settings


def conversation_id(secret: str, service: str, who: Sequence[str]) -> str:
    """The id of a person's conversation: nobody can tell a phone number or an account from it.

    Args:
        secret: the server's; with another one, it is another id.
        service: the service's name.
        who: the service's ids, as Incoming has them.
    """
    digest = hmac.new(secret.encode(), "\0".join([service, *who]).encode("utf-8", "replace"), hashlib.sha256)
    return f"{service}-{digest.hexdigest()[:32]}"


def ids_of(name: str, settings: Settings) -> list[str]:
    """The ids that a conversation may have which is named by its service and that service's ids, `slack:TEAM:CHANNEL:MEMBER`.

    Some services' ids have colons in them, so they are cut apart in every way: a wrong one makes an id that there isn't.

    Args:
        name: what an operator wrote.
        settings: the server's, for its secret.

    Returns:
        One id or several; none where no service is named.

    Raises:
        ClaraError: an id is missing, or there is nowhere to keep the secret.
    """
    service, *pieces = name.split(":")
    kind = next((kind for kind in SERVICES if kind.name == service), None)
    if kind is None:
        return []
    if len(pieces) < len(kind.who) or not all(pieces):
        form = ":".join([service, *kind.who])
        raise ClaraError(f"{name!r} lacks an id: it must be {form}. docs/channels.md says where to find them.")
    secret = session_secret(settings)
    ways = combinations(range(1, len(pieces)), len(kind.who) - 1)
    return [conversation_id(secret, service, _cut(pieces, way)) for way in ways]


def _cut(pieces: Sequence[str], places: Sequence[int]) -> list[str]:
    ends = zip([0, *places], [*places, len(pieces)])
    return [":".join(pieces[begin:end]) for begin, end in ends]
