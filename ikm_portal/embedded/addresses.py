"""Database addresses: the same server under another login."""

from urllib.parse import quote, urlsplit, urlunsplit


def as_login(url: str, login: str, password: str = "") -> str:
    """The same database for another login; without a password where the server trusts the socket."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    who = quote(login, safe="") + (":" + quote(password, safe="") if password else "")
    return urlunsplit(parts._replace(netloc=f"{who}@{place}"))


def without_password(url: str) -> str:
    """The address as it may be shown and noted."""
    parts = urlsplit(url)
    who, _, place = parts.netloc.rpartition("@")
    login = who.partition(":")[0]
    return urlunsplit(parts._replace(netloc=f"{login}@{place}" if login else place))
