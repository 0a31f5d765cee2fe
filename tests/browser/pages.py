"""Every page a person may open, with the role that opens it; each app adds its own.

`path` is an address, or a function that makes what the page shows (its rows are committed to the
module's copy of the database) and returns the address.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    role: str
    path: str | Callable[[], str]
    status: int = 200

    def address(self) -> str:
        return self.path if isinstance(self.path, str) else self.path()

    def __str__(self) -> str:
        name = self.path if isinstance(self.path, str) else self.path.__name__
        return f"{self.role or 'visitor'} {name}"


PAGES = [
    Look("", "/akun/login/"),
    Look("", "/akun/password/reset/"),
    Look("", "/akun/password/reset/done/"),
    Look("", "/akun/signup/"),
    Look("guru", "/"),
    Look("guru", "/gaya/"),
    Look("guru", "/gaya/?salah=1"),
    Look("guru", "/akun/logout/"),
    Look("guru", "/akun/password/change/"),
    Look("guru", "/akun/email/"),
    Look("guru", "/tidak-ada/", 404),
    Look("upt_jabar", "/"),
    Look("pusat", "/"),
    Look("dinas_depok", "/"),
]
