"""The map of every address: who may use it, and where in a request an object is named.

Each app has a file here, `tests/url_map/<app label>.py`, with two things:

    ROWS = [
        Row("kombel:list", query={"sekolah": Ref("school"), "q": Part("kombel", "name")}, may=MEMBERS),
        Row("kombel:detail", url={"pk": Ref("kombel")}, may=f"{PUSAT} {UPT_JABAR} {DINAS_DEPOK} penggerak"),
        Row("kombel:meeting_new", "GET", url={"pk": Ref("kombel")}, may="penggerak"),
        Row("kombel:meeting_new", "POST", url={"pk": Ref("kombel")}, may="penggerak",
            body={"topic": "Asesmen", "held_on": "2026-03-02", "member": Ref("member"), "token": fresh_token}),
        Row("kombel_api:detail", "GET PATCH", url={"pk": Ref("kombel")}, body={"name": "Baru"}, json=True, may=…),
    ]

    def build(at: Site) -> None:
        "Make this app's rows at one place of the test world and give the objects their names."
        if at.school:
            kombel = Kombel.objects.create(school=at.school, path=at.path, name=at.canary("kombel"), …)
            at.give("kombel", kombel)

`Ref("kombel")` is the object's pk, `Ref("kombel", "slug")` another attribute. The walker sends each Ref three
times: as the actor's own object, as a foreign one, as one that does not exist, one Ref at a time. Everything
else in `query` and `body` is sent as it stands; a callable is called for each request.

`may` names the people of the cast (space-separated) who get an answer below 400 for their own object;
everybody else must be refused (400 to 404), a visitor sent to the login page or refused with 401. A row with
`public=True` is for visitors too. Methods that no row of an address names must be answered with 405 (or refused).

In later rounds (`at.serial` > 0) `build` adds rows at its own place only and delivers nothing elsewhere: nobody
else's answer may change.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from typing import Any
from uuid import uuid4

from tests.cast import PEOPLE

EVERYONE = " ".join(PEOPLE)
MEMBERS = " ".join(name for name, place in PEOPLE.items() if place)
PUSAT = "admin pusat"
UPT_JABAR = "upt_jabar upt_jabar_head upt_jabar_staff"
UPT = f"{UPT_JABAR} pmp_jabar upt_kaltim upt_papua"
DINAS_DEPOK = "dinas_depok dinas_depok_head"
DINAS = f"{DINAS_DEPOK} dinas_jabar dinas_balikpapan"
KEPSEK = "kepsek kepsek_smk kepsek_balikpapan"
SCHOOL = f"{KEPSEK} guru operator penggerak penggerak_balikpapan"


@dataclass(frozen=True)
class Ref:
    """An object of the test world named in a request: `key` as given by `at.give`, and its attribute.

    `absent` is the value that no object has; by default one is made that has the attribute's type.
    """

    key: str
    attribute: str = "pk"
    absent: Any = None

    def of(self, obj: Any) -> Any:
        value = obj
        for name in self.attribute.split("."):
            value = getattr(value, name)
        return value


class Part(Ref):
    """Like Ref for a text one searches by: only its beginning is sent, so an echo of the question is no leak."""

    def of(self, obj: Any) -> Any:
        return str(super().of(obj))[:-4]


@dataclass(frozen=True)
class Row:
    """One address with some of its methods; see the module's docstring."""

    name: str
    methods: str = "GET"
    may: str = ""
    url: dict[str, Any] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    json: bool = False
    public: bool = False
    changing: bool = False
    """The answer changes by itself (a clock, a counter of one's own), so it is not compared with an earlier one."""

    gives: int = 0
    """The status one's own request gets when that is 400 or above (a health check without a worker: 503)."""
    delivers: tuple[str, ...] = ()
    """Tables in which this rightly writes rows of another area (a letter, a notice of an office above)."""

    @property
    def people(self) -> frozenset[str]:
        return frozenset(self.may.split())


@dataclass(frozen=True)
class Group:
    """Addresses of a third party's application, covered as a whole by the test that `oracle` names."""

    prefix: str
    oracle: str


def fresh_token() -> str:
    """A form's hidden token, new for each request."""
    return str(uuid4())


def modules() -> list:
    """The files of the map, lower floors first so that a builder finds what it stands on."""
    order = ["actors", "notices", "kombel", "kinerja", "duties", "meetings", "helpdesk", "partners", "reflection"]
    names = [
        found.name for found in iter_modules(__path__) if found.name not in {"leaks", "oracles", "walker", "world"}
    ]
    names.sort(key=lambda name: (order.index(name) if name in order else len(order), name))
    return [import_module(f"{__name__}.{name}") for name in names]


def rows() -> list[Row]:
    return [row for module in modules() for row in getattr(module, "ROWS", [])]


def groups() -> list[Group]:
    return [group for module in modules() for group in getattr(module, "GROUPS", [])]


def builders() -> list[Callable]:
    return [module.build for module in modules() if hasattr(module, "build")]
