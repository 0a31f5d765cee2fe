"""A browser's view of a page: what a first visit loads, and what a second one still has to."""

import gzip
import http.client
import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin

PARTS = re.compile(
    r"""<(?:link\s[^>]*?rel="(?:stylesheet|preload|icon)"[^>]*?href|script\s[^>]*?src|img\s[^>]*?src)="([^"]+)"""
)
PARTS_OF_CSS = re.compile(r"""(?:@import\s+|url\()\s*["']?([^"')]+)""")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    size: int

    @property
    def text(self) -> str:
        plain = gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body
        return plain.decode(errors="replace")

    @property
    def kept(self) -> bool:
        """Whether a browser shows it again without asking."""
        age = re.search(r"max-age=(\d+)", self.headers.get("cache-control", ""))
        return bool(age and int(age.group(1)) > 0)


@dataclass
class Visit:
    """Requests and bytes of one visit: status line, headers and body of every answer, as sent."""

    sizes: dict[str, int] = field(default_factory=dict)

    @property
    def requests(self) -> int:
        return len(self.sizes)

    @property
    def bytes(self) -> int:
        return sum(self.sizes.values())


class Browser:
    """Cookies, a cache for what may be kept, and the parts a page names."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.cached: set[str] = set()

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def log_in(self, page: str, username: str, password: str) -> None:
        """Through the login form, as people do; raises RuntimeError when it is refused."""
        token = TOKEN.search(self.get(page).text)
        if token is None:
            raise RuntimeError("the login page has no form")
        form = {"csrfmiddlewaretoken": token.group(1), "login": username, "password": password}
        answer = self._ask("POST", page, urlencode(form))
        if answer.status != 302:
            raise RuntimeError(f"login refused: {answer.status}")

    def visit(self, path: str) -> Visit:
        """Open a page with all its parts; what an earlier visit may keep is not asked for again."""
        visit = Visit()
        page = self.get(path)
        visit.sizes[path] = page.size
        left = [urljoin(path, part) for part in PARTS.findall(page.text)]
        while left:
            part = left.pop()
            if part.startswith("data:") or part in visit.sizes or part in self.cached:
                continue
            answer = self.get(part)
            visit.sizes[part] = answer.size
            if answer.kept:
                self.cached.add(part)
            if answer.headers.get("content-type", "").startswith("text/css"):
                left += [urljoin(part, found) for found in PARTS_OF_CSS.findall(answer.text)]
        return visit

    def _ask(self, method: str, path: str, body: str = "") -> Answer:
        headers = {"Accept-Encoding": "gzip, deflate", "Accept": "*/*"}
        if self.cookies:
            headers["Cookie"] = self.cookie
        if body:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
            headers |= {"Origin": f"http://127.0.0.1:{self.port}"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            content, lines = answer.read(), answer.getheaders()
        finally:
            connection.close()
        for name, value in lines:
            if name.lower() == "set-cookie":
                for key, morsel in SimpleCookie(value).items():
                    self.cookies[key] = morsel.value
        head = len(f"HTTP/1.1 {answer.status} {answer.reason}\r\n\r\n")
        head += sum(len(name) + len(value) + 4 for name, value in lines)
        return Answer(answer.status, {name.lower(): value for name, value in lines}, content, head + len(content))
