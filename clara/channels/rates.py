"""How fast visitors may write, and for how long."""

import ipaddress
import logging
import math
from collections.abc import Callable
from datetime import timedelta

from redis.exceptions import RedisError
from throttled.asyncio import MemoryStore, RateLimiterType, RedisStore, Throttled, rate_limiter
from throttled.exceptions import BaseThrottledError

from clara.channels.rejection import Rejection, failed
from clara.redis_connections import CONNECTIONS
from clara.settings import Settings

logger = logging.getLogger(__name__)

HERE = {"MAX_SIZE": 100_000}  # sessions and addresses that are counted at once, of each kind; beyond, the quietest are forgotten
IN_REDIS = {"CONNECTION_POOL_KWARGS": CONNECTIONS}


class Rates:
    """Counts the messages of each address and of each session: in this process, which forgets them with its end, or in Redis."""

    def __init__(self, settings: Settings) -> None:
        """Nobody has written yet, as far as this process knows; settings say how many messages are too many, and which Redis."""
        limits = settings.limits
        minute, life = timedelta(minutes=1), timedelta(hours=limits.session_hours)
        self._address = _throttle("address", minute, limits.address_rate, settings.redis_url)
        self._session = _throttle("session", minute, limits.session_rate, settings.redis_url)
        self._votes = _throttle("votes", minute, limits.session_rate, settings.redis_url)
        self._turns = _throttle("turns", life, limits.turns, settings.redis_url)

    async def count_address(self, address: str) -> None:
        """Count a request; Rejection where there were too many from its network address."""
        if network := _network(address):
            await _count(self._address, network, _too_fast)

    async def count_vote(self, session: str) -> None:
        """Count what is said of answers in a conversation; Rejection where it comes too fast."""
        await _count(self._votes, session, _too_fast)

    async def count_message(self, session: str) -> None:
        """Count a message of a conversation; Rejection where they come too fast, or were too many."""
        await _count(self._session, session, _too_fast)
        await _count(self._turns, session, _over)


def _throttle(what: str, period: timedelta, most: int, redis_url: str) -> Throttled:
    return Throttled(
        key_prefix=f"ask-clara:{what}",
        using=RateLimiterType.GCRA.value,
        quota=rate_limiter.per_duration(period, limit=most),
        store=RedisStore(redis_url, IN_REDIS) if redis_url else MemoryStore(options=HERE),
    )


async def _count(throttle: Throttled, key: str, rejection: Callable[[float], Rejection]) -> None:
    try:
        result = await throttle.limit(key)
    except (BaseThrottledError, RedisError, OSError) as error:
        logger.error("Messages can't be counted (%s); the visitor got an apology.", type(error).__name__)
        raise failed() from None
    if result.limited:
        raise rejection(result.state.retry_after)


def _too_fast(seconds: float) -> Rejection:
    wait = max(1, math.ceil(seconds))
    return Rejection("too_fast", f"Wait {wait} s before the next message.", retry_after=wait)


def _over(_: float) -> Rejection:
    return Rejection("session_over", "Leave `session` out to begin a new conversation: this one has had all its turns.")


def _network(address: str) -> str:
    """What counts as one address: an IPv4 address, or the half of an IPv6 one that a household has; "" for this machine's own.

    A proxy that doesn't say whom it speaks for, and tools on the machine itself, come from its own address: all of a website's
    visitors, or none.
    """
    try:
        ip = ipaddress.ip_address(address.strip("[]"))  # Sanic has an IPv6 address that a proxy told in brackets
    except ValueError:
        return address
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if ip.is_loopback:
        return ""
    return str(ipaddress.ip_network((ip, 64), strict=False) if ip.version == 6 else ip)
