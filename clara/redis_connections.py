"""How Redis is reached."""

from typing import Any

from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

# Connections lie idle in a pool, and Redis may have been started anew meanwhile: one that was idle for a second is tried before
# it is used, and opened anew if it is broken. Commands aren't sent twice: nobody knows whether the first was carried out.
CONNECTIONS: dict[str, Any] = {"health_check_interval": 1, "retry": Retry(NoBackoff(), 1)}
