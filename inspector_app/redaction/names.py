"""Which names stand for secrets: Django's own rule, without the names that only describe one."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

# django.views.debug hides what this finds; importing that module costs too much of each start.
HIDDEN = re.compile("API|AUTH|TOKEN|KEY|SECRET|PASS|SIGNATURE|HTTP_COOKIE", re.IGNORECASE)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# AUTH_USER_MODEL, PASSWORD_HASHERS, PASSWORD_RESET_TIMEOUT, TOKEN_URL: a name that ends like this
# says something about secrets and holds none.
_DESCRIBING = _set(
    """
    age ages algorithm algorithms app apps attribute attributes audience backend backends
    charset class classes columns cookies count days description dir directory dn domain
    enabled endpoint engine error errors expiration expire expires expiry extension extensions
    field fields file filename files filter form format forms func function functions handler
    handlers hasher hashers header headers host hostname hosts hours interval issuer
    kwargs label length level lifetime limit max mechanism method methods middleware
    migrations min minutes mode model models module name names number options order page path
    paths permission permissions policy port prefix processor processors provider providers
    rate realm region required role roles root rotation schema scheme scope scopes seconds
    serializer serializers server settings size strategy suffix template templates text
    timeout title ttl type types uri url urls user username users validator validators
    verification version versions view views warning
    """
)
_SECRETS = _set(
    """
    apikey apikeys credential credentials fallback fallbacks key keys pass passphrase passwd
    password passwords pwd secret secrets signature token tokens
    """
)
# PGPASSWORD, authtoken: without anything that parts the words.
_ENDINGS = ("apikey", "passwd", "password", "secret", "token")
# In code and JSON "key" alone is any dictionary's; these make it a secret.
_KINDS_OF_KEY = _set(
    """
    access account api auth client encryption license master private secret service session
    shared signing storage
    """
)
_KEYS = frozenset({"key", "keys"})
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[A-Z]+")


class Strength(IntEnum):
    """How surely the value beside a name is a secret."""

    NONE = 0
    # By its name perhaps; its value has to look like one as well.
    WEAK = 1
    STRONG = 2


@lru_cache(maxsize=4096)
def strength(name: str) -> Strength:
    """How surely ``name`` names a secret: a setting, an environment variable, a key of a dict."""
    if not HIDDEN.search(name) or describes(name):
        return Strength.NONE
    words = _words(name)
    if name.isupper():
        sure = _SECRETS.intersection(words) or any(word.endswith(_ENDINGS) for word in words)
        return Strength.STRONG if sure else Strength.WEAK
    return _of_code(words)


def describes(name: str) -> bool:
    """Whether ``name`` ends like those of what anybody may know: a host, a timeout, a class."""
    words = _words(name)
    return not words or words[-1] in _DESCRIBING


def _words(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(name)]


def _of_code(words: list[str]) -> Strength:
    """Names in code and JSON: errors and tables have names like these too, so the end counts."""
    last = words[-1]
    if last in _KEYS:
        known = len(words) > 1 and words[-2] in _KINDS_OF_KEY
        return Strength.STRONG if known else Strength.NONE
    return Strength.STRONG if last in _SECRETS or last.endswith(_ENDINGS) else Strength.NONE
