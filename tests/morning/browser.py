"""A browser of the script: cookies, pages, their forms, sent as a person sends them."""

import re
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

PATIENCE_SECONDS = 60
QUIET_SECONDS = 5
"""A connection that was not used for so long is not used again: servers hang up."""


@dataclass(slots=True)
class Form:
    """A form of a page, with what stands in it."""

    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)
    """What boxes, choices and buttons of one name may be set to."""


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._open: Form | None = None
        self._select: tuple[str, bool] = ("", False)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(own.get("action", ""))
            self.found.append(self._open)
        elif self._open is not None:
            self._box(self._open, tag, own)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None

    def _box(self, form: Form, tag: str, own: dict[str, str]) -> None:
        name, value = own.get("name", ""), own.get("value", "")
        if tag == "select":
            self._select = (name, False)
        elif tag == "option":
            name, chosen = self._select
            form.offered.setdefault(name, []).append(value)
            if "selected" in own or not chosen:  # the first counts until one is marked
                form.values[name] = [value]
                self._select = (name, "selected" in own or chosen)
        elif not name or tag not in {"input", "button", "textarea"}:
            return
        elif tag == "button" or own.get("type") in {"radio", "checkbox", "submit"}:
            form.offered.setdefault(name, []).append(value)
            if "checked" in own:
                form.values.setdefault(name, []).append(value)
        else:
            form.values.setdefault(name, []).append(value)


@dataclass(frozen=True, slots=True)
class Page:
    """What a request came to."""

    path: str
    status: int
    text: str
    headers: dict[str, str]

    def forms(self, action: str) -> list[Form]:
        """Return the forms whose address matches a pattern; none says this page's."""
        reader = _Forms()
        reader.feed(self.text)
        return [f for f in reader.found if re.search(action, f.action or self.path)]

    def form(self, action: str) -> Form:
        """Return the first of them.

        Raises:
            AssertionError: There is none; the page is told.
        """
        found = self.forms(action)
        assert found, f"no form {action} at {self.path}: {self.words()}"
        return found[0]

    def words(self) -> str:
        """Return what a reader sees of it, without its head, as far as it is short."""
        body = re.sub(r"(?s)<(style|script|svg).*?</\1>", " ", self.text)
        body = body.partition("<main")[2] or body
        return " ".join(re.sub(r"<[^>]*>", " ", body).split())[:1500]


class Browser:
    """Somebody's browser; never used by two threads at once."""

    def __init__(self, url: str, *, address: str = "127.0.0.1") -> None:
        """Ask a server, seen by it as coming from an address (of 127.0.0.0/8)."""
        self._link = HTTPConnection(
            urlsplit(url).netloc, timeout=PATIENCE_SECONDS, source_address=(address, 0)
        )
        self._used = time.monotonic()
        self.cookies: dict[str, str] = {"darbaza_language": "en"}
        self.requests = 0
        self._password = ""

    def get(self, path: str) -> Page:
        """Ask for a page, through redirects; a page that was locked is opened again."""
        page = self._ask("GET", path)
        if page.path.startswith("/accounts/lock/"):
            form = page.form("lock|unlock")
            page = self.send(page, form, password=self._password)
        return page

    def send(self, page: Page, form: Form, *, htmx: bool = False, **told: Any) -> Page:
        """Send a form of a page with what is filled in; lists tick several boxes."""
        values = {**form.values}
        for name, value in told.items():
            values[name] = value if isinstance(value, list) else [str(value)]
        return self._ask("POST", form.action or page.path, values, htmx=htmx)

    def close(self) -> None:
        """Hang up."""
        self._link.close()

    def sign_in(self, name: str, password: str) -> None:
        """Sign in with name and password."""
        self._password = password
        page = self.get("/account/login/")
        page = self.send(page, page.form("login"), login=name, password=password)
        assert "login" not in page.path, page.words()

    def _ask(
        self,
        method: str,
        path: str,
        values: dict[str, list[str]] | None = None,
        *,
        htmx: bool = False,
    ) -> Page:
        page = self._once(method, path, values, htmx=htmx)
        for _hop in range(5):
            if page.status not in {301, 302, 303}:
                break
            page = self._once("GET", page.headers["location"], None, htmx=False)
        return page

    def _once(
        self,
        method: str,
        path: str,
        values: dict[str, list[str]] | None,
        *,
        htmx: bool,
    ) -> Page:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if values is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if htmx:
            headers["HX-Request"] = "true"
        if time.monotonic() - self._used > QUIET_SECONDS:
            self._link.close()
        body = urlencode(values, doseq=True) if values is not None else None
        self._link.request(method, path, body, headers)
        answer = self._link.getresponse()
        text = answer.read().decode("utf-8", "replace")
        self._used = time.monotonic()
        self.requests += 1
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                for key, one in SimpleCookie(value).items():
                    self.cookies[key] = one.value
        heard = {name.lower(): value for name, value in answer.getheaders()}
        return Page(path, answer.status, text, heard)
