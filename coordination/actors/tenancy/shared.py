"""What everybody with the same scope sees alike may be made once for all of them.

The key holds the whole scope the database was given, but not to whom; so nobody is shown what was made for another
area. Only for tables whose policies compare paths, never for those that look at the person.
"""

from collections.abc import Hashable
from dataclasses import replace
from hashlib import sha256

from .scope import ScopeError, current


def shared_key(name: str, *values: Hashable) -> str:
    """The cache key of something made in the present scope from these values; raises ScopeError outside a scope."""
    scope = current()
    if scope is None:
        raise ScopeError("nothing is shared outside a scope")
    told = repr((replace(scope, user_id=0, membership_id=0), *values))
    return f"shared:{name}:{sha256(told.encode()).hexdigest()}"
