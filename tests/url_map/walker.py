"""Walks every address as every person, with own, foreign and absent objects, and tells what leaked.

Requests run as the real `portal_login` and tasks as `portal_worker` (SET SESSION AUTHORIZATION), each inside a
savepoint that is rolled back, so one world serves them all.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, TestCase
from django.urls import reverse

from tests.cast import PEOPLE, Cast

from . import EVERYONE, Part, Ref, Row, oracles
from .world import SEES, World

ABSENT_ID = 987_654
FIRST_WITH = {place[0]: name for name, place in reversed(PEOPLE.items()) if place}
FIRST_OF_ITS_ROLE = set(FIRST_WITH.values())
"""They meet a foreign object of each kind; a second one of the same role meets one, and is not sent again where the
first is turned away for the role alone."""
MIRRORS = {"upt_kaltim", "upt_papua", "dinas_balikpapan", "kepsek_balikpapan", "penggerak_balikpapan"}
"""The same office in another province. They read all there is; what they may write, the first of their role tries."""
VISITOR = "visitor"
WARMED = {"upt_jabar", "dinas_depok", "kepsek", "guru", "penggerak"}
"""One of each kind finds the caches filled by somebody who sees everything."""


@dataclass(frozen=True)
class Finding:
    """Something the wall let through: which oracle, for whom, where, what."""

    oracle: str
    who: str
    row: str
    case: str
    what: str

    def __str__(self) -> str:
        return f"[{self.oracle}] {self.who} at {self.row}, {self.case}: {self.what}"


@dataclass
class Answer:
    """A response with all that can be read in it, its mails and the files it left."""

    status: int
    text: str
    location: str
    mails: list[tuple[set[str], str]] = field(default_factory=list)
    files: list[tuple[str, str]] = field(default_factory=list)
    touched: dict[str, tuple] | None = None

    @property
    def readable(self) -> str:
        return f"{self.location}\n{self.text}"


@dataclass(frozen=True)
class Case:
    """One request: which object stands at which place."""

    name: str
    values: dict[str, Any]
    """By place ("url.pk", "query.q", "body.school"): what is sent there."""


class Walker:
    """One person's walk over the rows; collects findings instead of stopping at the first."""

    def __init__(self, world: World, cast: Cast, name: str, *, media: Path, tables: list[oracles.Table] | None = None):
        self.world = world
        self.name = name
        self.media = media
        self.client = cast.anonymous if name == VISITOR else cast.client(name)
        self.client.raise_request_exception = False
        self.user_id = world.people[name].pk if name in world.people else 0
        self.by_mail = {user.email.lower(): username for username, user in world.people.items()}
        self.cookies = self.client.cookies.output(header="", sep=";")
        self.tables = oracles.enclosed_tables() if tables is None else tables
        self.before = self._checksums()
        self.kept = self._keep_files()
        self.findings: list[Finding] = []
        self.requests = 0

    # The walk

    def walk(self, rows: list[Row]) -> list[Finding]:
        """Ask everything, change every foreign place, ask for one's own again."""
        steps = [(row, method) for row in rows for method in row.methods.split()]
        if self.name in MIRRORS:
            steps = [step for step in steps if step[1] == "GET"]
        steps.sort(key=lambda step: step[1] != "GET")
        self._warm([row for row, method in steps if method == "GET"])
        earlier = [(row, method, self._step(row, method)) for row, method in steps]
        # Pages a shared cache kept must not answer for a world that has changed.
        cache.clear()
        if self._disturb():
            for row, method, answer in earlier:
                insider = row.public or self.name in row.people
                if answer is not None and not row.changing and insider:
                    self._compare_later(row, method, answer)
        return self.findings

    def try_other_methods(self, rows: list[Row]) -> list[Finding]:
        """Send every method that no row of an address names; each must be refused."""
        named: dict[str, set[str]] = {}
        for row in rows:
            named.setdefault(row.name, set()).update(row.methods.split())
        for row in {row.name: row for row in rows if self.name in row.people or row.public}.values():
            own = self._own_case(row, "GET")
            for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - named[row.name] if own else ():
                answer = self._ask(row, method, Case("own", {**own.values, **_body_values(row)}))
                if not 400 <= answer.status < 500:
                    self._find("method", row, method, own, f"answered {answer.status}; name it in a row or refuse it")
        return self.findings

    def _step(self, row: Row, method: str) -> Answer | None:
        if self._is_turned_away_like_the_first(row):
            return None
        own = self._own_case(row, method)
        answer = None
        if own is not None:
            answer = self._ask(row, method, own)
            self._expect(row, method, own, answer)
        absents: dict[str, Answer] = {}
        for foreign, absent in self._pairs(row, method):
            there = self._ask(row, method, foreign)
            asked = str(absent.values)
            if asked not in absents:
                absents[asked] = self._ask(row, method, absent)
            nowhere = absents[asked]
            self._same(row, method, foreign, there, absent, nowhere)
        return answer

    def _is_turned_away_like_the_first(self, row: Row) -> bool:
        place = PEOPLE.get(self.name)
        first = FIRST_WITH.get(place[0]) if place else self.name
        return first != self.name and not row.public and not {self.name, first} & row.people

    def _warm(self, rows: list[Row]) -> None:
        """Let somebody who sees everything fill every cache before this person asks."""
        if self.name not in WARMED:
            return
        other = Client(raise_request_exception=False)
        other.force_login(self.world.people["admin"], backend=settings.AUTHENTICATION_BACKENDS[0])
        for row in rows:
            things = {place: self.world.things[ref.key] for place, ref in _refs(row, "GET").items()}
            if all(things.values()):
                values = {place: _refs(row, "GET")[place].of(found[-1].obj) for place, found in things.items()}
                with self._aside():
                    response = _send(other, row, "GET", Case("warm", values))
                assert not response.headers.get("Location", "").startswith("/akun/login/"), "nobody was logged in"

    def _compare_later(self, row: Row, method: str, before: Answer) -> None:
        own = self._own_case(row, method)
        after = self._ask(row, method, own)
        one, two = (oracles.normalised(answer.readable, self.world.first_new) for answer in (before, after))
        if (before.status, one) != (after.status, two):
            self._find("metamorphic", row, method, own, oracles.first_difference(one, two))

    def _disturb(self) -> bool:
        """Add and change rows at every place this person does not see."""
        foreign = [site for site, people in SEES.items() if self.name not in people.split()]
        if not foreign:
            return False
        self.world.grow(foreign)
        with connection.cursor() as cursor:
            for table in self.tables:
                if not table.has_path:
                    continue
                for column in _texts(cursor, table.name):
                    cursor.execute(
                        f"UPDATE {table.name} SET {column} = replace({column}, 'kanari', 'kenari') "
                        f"WHERE {column} LIKE '%%kanari%%' AND {table.foreign(self.name, self.user_id)}"
                    )
        self.before = self._checksums()
        self.kept = self._keep_files()
        return True

    # Cases

    def _own_case(self, row: Row, method: str) -> Case | None:
        """Own objects at every place, all of one site; None when the person has none."""
        refs = _refs(row, method)
        for site in self._sites_of(refs):
            found = {place: self._thing(ref, site, own=True) for place, ref in refs.items()}
            if all(found.values()):
                return Case("own", {place: refs[place].of(thing.obj) for place, thing in found.items()})
        return None if refs else Case("own", {})

    def _pairs(self, row: Row, method: str) -> Iterator[tuple[Case, Case]]:
        """For each Ref a foreign and an absent value, the other places own; and all places foreign at once."""
        refs = _refs(row, method)
        own = self._own_case(row, method)
        # Who may not do it at all is turned away before any object is looked up, so one pair tells.
        insider = row.public or self.name in row.people
        every = self.name in FIRST_OF_ITS_ROLE and insider
        for place, ref in list(refs.items())[: None if insider else 1]:
            for thing in self._foreign(ref)[: None if every else 1]:
                base = own.values if own else self._all_foreign(refs, thing.site)
                if base is None:
                    continue
                there = {**base, place: ref.of(thing.obj)}
                nowhere = {**base, place: _absent(ref, thing.obj)}
                yield Case(f"foreign {place} of {thing.site}", there), Case(f"absent {place}", nowhere)
        if len(refs) > 1 and insider:
            for site in SEES:
                there = self._all_foreign(refs, site)
                if there:
                    nowhere = {
                        place: _absent(ref, self._thing(ref, site, own=False).obj) for place, ref in refs.items()
                    }
                    yield Case(f"all foreign of {site}", there), Case("all absent", nowhere)

    def _foreign(self, ref: Ref) -> list:
        """One foreign object of each kind of strangeness: private here, next door, far away."""
        found = {}
        for thing in self.world.foreign(ref, self.name):
            found.setdefault("private" if self.name in SEES[thing.site].split() else thing.site[:3], thing)
        return list(found.values())[:3]

    def _all_foreign(self, refs: dict[str, Ref], site: str) -> dict[str, Any] | None:
        found = {place: self._thing(ref, site, own=False) for place, ref in refs.items()}
        return {place: refs[place].of(thing.obj) for place, thing in found.items()} if all(found.values()) else None

    def _thing(self, ref: Ref, site: str, *, own: bool):
        things = self.world.own(ref, self.name) if own else self.world.foreign(ref, self.name)
        here = [thing for thing in things if thing.site == site]
        anywhere = things if own and not here and _independent(things) else []
        return next(iter(here or anywhere), None)

    def _sites_of(self, refs: dict[str, Ref]) -> list[str]:
        return [site for site in SEES if all(self._thing(ref, site, own=True) for ref in refs.values())]

    # Requests

    def _ask(self, row: Row, method: str, case: Case) -> Answer:
        self.requests += 1
        mail.outbox = []
        stored = set(self.media.rglob("*"))
        touched = oracles.rows_touched(self.tables)
        self.client.cookies = SimpleCookie(self.cookies.strip())
        with self._aside():
            with _as("portal_login"):
                with TestCase.captureOnCommitCallbacks() as effects:
                    response = _send(self.client, row, method, case)
                    answer = _read(response)
            with _as("portal_worker"):
                _run(effects)
            if 300 <= answer.status < 400 and method != "GET" and answer.location.startswith("/"):
                with _as("portal_login"):
                    answer.text += _read(self.client.get(answer.location)).text
            answer.mails = [_mail(message) for message in mail.outbox]
            new = [path for path in self.media.rglob("*") if path.is_file() and path not in stored]
            answer.files = [(path.name, oracles.text_of(path.read_bytes())) for path in new]
            if oracles.rows_touched(self.tables) != touched:
                answer.touched = self._checksums()
        for path in new:
            path.unlink()
        if method != "GET":
            self._put_files_back()
            # What was written has been rolled back, so a session or page kept in the cache is no longer true.
            cache.clear()
        self._examine(row, method, case, answer)
        return answer

    def _put_files_back(self) -> None:
        """A file that a request deleted is there again in the database, so also on the disk."""
        for path, content in self.kept.items():
            if not path.exists():
                path.write_bytes(content)

    def _keep_files(self) -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in self.media.rglob("*") if path.is_file()}

    def _examine(self, row: Row, method: str, case: Case, answer: Answer) -> None:
        sent = [str(value) for value in case.values.values() if isinstance(value, str)]
        canaries = self.world.canaries
        for canary in sorted(oracles.leaked(answer.readable, canaries, {self.name}, sent)):
            self._find("canary", row, method, case, f"the answer ({answer.status}) says {canary}")
        for name, text in answer.files:
            for canary in sorted(oracles.leaked(f"{name} {text}", canaries, {self.name}, sent)):
                self._find("canary", row, method, case, f"the file {name} says {canary}")
        for addresses, text in answer.mails:
            readers = {self.by_mail.get(address, self.name) for address in addresses}
            for canary in sorted(oracles.leaked(text, canaries, readers, sent)):
                self._find("canary", row, method, case, f"a mail to {sorted(addresses)} says {canary}")
        if answer.touched and answer.touched != self.before:
            for table, now in answer.touched.items():
                if now != self.before[table] and table not in row.delivers:
                    self._find("changed", row, method, case, f"foreign rows of {table} changed")
        if answer.status >= 500 and answer.status != row.gives:
            self._find("error", row, method, case, f"answered {answer.status}")

    def _expect(self, row: Row, method: str, case: Case, answer: Answer) -> None:
        allowed = row.public or self.name in row.people
        if allowed and answer.status >= 400 and answer.status != row.gives:
            self._find("permission", row, method, case, f"refused with {answer.status}, though `may` names them")
        elif self.name == VISITOR and not allowed:
            if answer.status not in {401, 403} and not answer.location.startswith("/akun/"):
                self._find("permission", row, method, case, f"a visitor got {answer.status}")
        elif not allowed and not 400 <= answer.status < 500:
            self._find("permission", row, method, case, f"answered {answer.status}, though `may` does not name them")

    def _same(self, row: Row, method: str, foreign: Case, there: Answer, absent: Case, nowhere: Answer) -> None:
        # One mark for all: two objects of different kinds may well have the same number.
        sent = [(str(case.values[place]), "-sent-") for case in (foreign, absent) for place in foreign.values]
        one, two = (oracles.normalised(answer.readable, self.world.first_new, sent) for answer in (there, nowhere))
        if there.status != nowhere.status:
            self._find("existence", row, method, foreign, f"{there.status}, but {nowhere.status} for an absent one")
        elif one != two:
            self._find("existence", row, method, foreign, oracles.first_difference(one, two))

    def _find(self, oracle: str, row: Row, method: str, case: Case, what: str) -> None:
        self.findings.append(Finding(oracle, self.name, f"{method} {row.name}", case.name, what))

    def _checksums(self) -> dict[str, tuple]:
        return oracles.checksums(self.tables, self.name, self.user_id, self.world.first_new)

    @contextmanager
    def _aside(self) -> Iterator[None]:
        with transaction.atomic():
            try:
                yield
            finally:
                transaction.set_rollback(True)


def _refs(row: Row, method: str) -> dict[str, Ref]:
    places = {"url": row.url, "query": row.query, **({} if method == "GET" else {"body": row.body})}
    return {
        f"{place}.{key}": value
        for place, values in places.items()
        for key, value in values.items()
        if isinstance(value, Ref)
    }


def _body_values(row: Row) -> dict[str, Any]:
    """For a method the row does not know, the body's objects need not be anybody's."""
    return {f"body.{key}": ABSENT_ID for key, value in row.body.items() if isinstance(value, Ref)}


def _independent(things: list) -> bool:
    """Whether an object is the same for the whole cast (an office), so that any site's will do."""
    return bool(things) and all(thing.seen_by >= set(EVERYONE.split()) for thing in things)


def _absent(ref: Ref, like: Any) -> Any:
    """A value of the same kind that no object has, another one for each Ref."""
    if ref.absent is not None:
        return ref.absent
    value = ref.of(like)
    if isinstance(value, int):
        return ABSENT_ID + sum(map(ord, ref.key))
    text = str(value)
    if re.fullmatch(r"[0-9a-f-]{36}", text):
        return "00000000-0000-4000-8000-000000000000"
    if text.isdigit():
        return "9" * len(text)
    letters = "tidakada" * (len(text) // 8 + 1)
    return letters[: len(text)] if isinstance(ref, Part) or text.isalnum() else f"x{text[1:]}"


def _fill(values: dict[str, Any], place: str, case: Case) -> dict[str, Any]:
    filled = {}
    for key, value in values.items():
        if isinstance(value, Ref):
            filled[key] = case.values[f"{place}.{key}"]
        else:
            filled[key] = value() if callable(value) else value
    return filled


def _send(client: Client, row: Row, method: str, case: Case):
    query = {key: str(value) for key, value in _fill(row.query, "query", case).items()}
    url = reverse(row.name, kwargs=_fill(row.url, "url", case))
    send: Callable = getattr(client, method.lower())
    if method == "GET":
        return send(url, query)
    body = _fill(row.body, "body", case)
    if row.json or method != "POST":
        body = {key: value for key, value in body.items() if not hasattr(value, "read")}
        return send(url, body, content_type="application/json", query_params=query)
    return send(url, body, query_params=query)


def _read(response) -> Answer:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{key}: {value}" for key, value in response.headers.items() if key not in HEADERS_LEFT_OUT)
    kind = response.headers.get("Content-Type", "")
    text = oracles.text_of(content, kind)
    return Answer(response.status_code, f"{headers}\n{text}", response.headers.get("Location", ""))


HEADERS_LEFT_OUT = {"Content-Length", "ETag", "Last-Modified", "Content-Security-Policy", "Vary"}


def _mail(message) -> tuple[set[str], str]:
    bodies = [message.subject, message.body, *(body for body, _kind in getattr(message, "alternatives", []))]
    for attachment in message.attachments:
        if isinstance(attachment, tuple):
            name, content, _kind = attachment
            raw = content.encode() if isinstance(content, str) else content
            bodies += [str(name), oracles.text_of(raw)]
    return {address.lower() for address in message.recipients()}, "\n".join(bodies)


def _run(effects: list[Callable]) -> None:
    for effect in effects:
        effect()


def _texts(cursor, table: str) -> list[str]:
    """The text columns of a table that may be changed freely."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s "
        "AND data_type IN ('text', 'character varying') AND is_generated = 'NEVER' "
        "AND column_name NOT IN ('path', 'target')",
        [table],
    )
    return [row[0] for row in cursor.fetchall()]


@contextmanager
def _as(login: str) -> Iterator[None]:
    """Be a real login for a while, within the present transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL SESSION AUTHORIZATION {login}; SET LOCAL ROLE NONE")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL SESSION AUTHORIZATION DEFAULT; SET LOCAL ROLE portal_own")
