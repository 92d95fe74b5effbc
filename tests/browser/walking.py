"""Walks through every page that somebody can reach, and looks hard at each kind."""

import re
from collections import deque
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.utils import timezone
from playwright import sync_api as playwright

from tests.browser import deskhouse

AXE = (deskhouse.ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
WIDE = {"width": 1366, "height": 768}
NARROW = {"width": 360, "height": 780}
FILES = re.compile(r"\.(pdf|jpg|png|csv|xlsx|zip)$|/export/|[?&]format=|/template/")
LEFT_OUT = re.compile(r"^/(static|language|healthz|account/logout|api)\b")
# Named pages that need a step before them or answer only to scripts.
ALONE = {"healthz", "inner_scan", "here", "usersessions_list"}
LOOK = """(rules) => axe.run(document, {
    resultTypes: ["violations"], ...(rules && {runOnly: {type: "rule", values: rules}}),
})"""
WHOLE = """(html) => {
    const page = html === null ? document
        : new DOMParser().parseFromString(html, "text/html");
    return {
        h1: page.querySelectorAll("h1").length,
        title: page.title,
        lang: page.documentElement.lang,
        ways: page.querySelectorAll("a[href], button").length,
        paper: page.body.matches(".sheet-body, [data-events]"),
        links: [...page.querySelectorAll("a[href]")].map(a => a.getAttribute("href")),
    };
}"""


@dataclass(slots=True)
class Walk:
    """Somebody signed in, and what was seen wrong so far."""

    page: Any
    url: str
    language: str
    wrong: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def be(self, username: str) -> None:
        """Sign in as somebody of the demonstration, in the language of the walk."""
        self.page.context.clear_cookies()
        self.page.set_viewport_size(WIDE)
        self.page.goto(f"{self.url}/try-it/")
        self.page.eval_on_selector(
            f"button[name=username][value='{username}']", "b => b.click()"
        )
        self.page.wait_for_url(f"{self.url}/")
        self.speak(self.language)

    def speak(self, code: str) -> None:
        """Choose a language as the switch at the top does."""
        self.language = code
        with self.page.expect_navigation():
            self.page.eval_on_selector(
                f".languages button[value={code}]", "b => b.click()"
            )

    def open(self, path: str) -> int:
        """Open a page; note what the console says; return the status."""
        self.console.clear()
        answer = self.page.goto(self.url + path, wait_until="load")
        said = [line for line in self.console if "Failed to load resource" not in line]
        if said:
            self.note(path, f"console: {said}")
        return int(answer.status) if answer else 0

    def note(self, path: str, what: str) -> None:
        """Keep a finding with where it was found."""
        self.wrong.append(f"{self.language} {path}: {what}")

    def reachable(self, known: Container[str] = ()) -> Iterator[tuple[str, str]]:
        """Yield kind and path of one page of each kind, over links from the first.

        The walk also starts at every named page without an object: what is closed to
        this role there is no finding, a link that leads nowhere is. A kind that is
        ``known`` is asked for and looked at without being drawn.
        """
        waiting = deque([("/", True)])
        waiting += [(path, False) for path in named_pages()]
        seen: set[str] = set()
        while waiting:
            path, linked = waiting.popleft()
            kind = kind_of(path)
            if not kind or kind in seen:
                continue
            if linked:
                seen.add(kind)
            links = self._links(path, linked=linked, known=kind in known)
            if links is not None:
                seen.add(kind)
                yield kind, path
                waiting += [(p, True) for p in self._inside(path, links)]

    def _links(self, path: str, *, linked: bool, known: bool) -> list[str] | None:
        """Look at a page and return its links; None where there is none for this role.

        Whatever may be a file, or closed to this role, is asked for first.
        """
        html = None
        if known or not linked or FILES.search(path):
            html = self._asked(path, linked=linked)
            if html is None:
                return None
        if known:
            return self.look(path, html)
        return self.look(path) if self._drawn(path) else None

    def _asked(self, path: str, *, linked: bool) -> str | None:
        """Ask for a page without drawing it; None for a file, a fragment, a refusal."""
        file = FILES.search(path)
        hops = 20 if linked and not file else 0
        answer = self.page.request.get(self.url + path, max_redirects=hops)
        if answer.status >= 500 or (linked and answer.status != 200):
            self.note(path, f"answers {answer.status}")
        html = "text/html" in answer.headers.get("content-type", "")
        if file or answer.status != 200 or not html or "<html" not in answer.text():
            return None
        text: str = answer.text()
        return text

    def _drawn(self, path: str) -> bool:
        """Open a page; False for a file under a plain address."""
        try:
            status = self.open(path)
        except playwright.Error as error:
            if "Download is starting" not in str(error):
                raise
            return False
        if status != 200:
            self.note(path, f"answers {status}")
        return status == 200

    def _inside(self, path: str, links: list[str]) -> Iterator[str]:
        for link in links:
            parts = urlsplit(urldefrag(urljoin(self.url + path, link)).url)
            if f"{parts.scheme}://{parts.netloc}" != self.url:
                continue
            if not LEFT_OUT.match(parts.path):
                yield parts.path + (
                    f"?{parts.query}" if "format=" in parts.query else ""
                )

    def look(self, path: str, html: str | None = None) -> list[str]:
        """Look at a page, the open one without ``html``; return its links.

        It has one heading, a title, its language, a way on.
        """
        whole = self.page.evaluate(WHOLE, html)
        if whole["h1"] != 1:
            self.note(path, f"{whole['h1']} headings of the first level")
        if len(whole["title"].removesuffix("Darbaza").strip(" ·")) < 2:
            self.note(path, f"title {whole['title']!r}")
        # A paper speaks the language of whoever it is for, a display three at once.
        if whole["lang"] != self.language and not whole["paper"]:
            self.note(path, f"lang is {whole['lang']!r}")
        if not whole["ways"]:
            self.note(path, "no way on")
        links: list[str] = whole["links"]
        return links

    def measure(self, path: str, size: dict[str, int]) -> None:
        """Note what is wider than the screen."""
        self.page.set_viewport_size(size)
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if wide > size["width"]:
            self.note(
                path, f"{wide} px wide on a screen of {size['width']}: {self._wide()}"
            )

    def _wide(self) -> list[str]:
        found: list[str] = self.page.evaluate(
            """() => [...document.querySelectorAll("main *, header *, nav *, footer *")]
                .filter(e => e.getBoundingClientRect().right > innerWidth + 1
                    && !e.closest(".table-box, .site-nav, .moj-sub-navigation"))
                .slice(0, 4).map(e => `${e.tagName}.${e.className}`)"""
        )
        return found

    def accessible(self, path: str, scheme: str) -> None:
        """Let axe-core look, in light at everything, in dark at what colours change."""
        self.page.emulate_media(color_scheme=scheme)
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        found = self.page.evaluate(
            LOOK, ["color-contrast"] if scheme == "dark" else None
        )
        for rule in found["violations"]:
            nodes = [n["html"][:160] for n in rule["nodes"][:3]]
            why = rule["nodes"][0]["failureSummary"].splitlines()[-1].strip()
            self.note(path, f"{scheme}: {rule['id']} ({why}) {nodes}")


def kind_of(path: str) -> str:
    """Return the name of the page and what kind of object it shows; "" for none."""
    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return "" if LEFT_OUT.match(path) else path
    # Of codes, days and keys one is enough; a step or a kind of place is its own page.
    kinds = [v for k, v in match.kwargs.items() if k in {"name", "kind", "how"}]
    whole = ":".join([match.view_name, *map(str, kinds)])
    return f"{whole}?format" if FILES.search(path) else whole


def named_pages() -> list[str]:
    """Return the addresses of all pages that need no object."""
    today = timezone.localdate()
    return [
        f"/{path}"
        for path in _without_object(get_resolver())
        if not LEFT_OUT.match(f"/{path}")
    ] + [f"/visits/calendar/{today.year}/{today.month}/"]


def _without_object(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern).lstrip("^")
        if "<" in route or "(" in route:
            continue
        if isinstance(entry, URLResolver):
            yield from _without_object(entry, route)
        elif isinstance(entry, URLPattern) and entry.name not in ALONE:
            yield route.rstrip("$")


def watch(page: Any, walk: Walk) -> None:
    """Collect what the console complains about, and what is asked of others than us."""

    def said(line: Any) -> None:
        if line.type in {"error", "warning"}:
            walk.console.append(line.text)

    def asked(request: Any) -> None:
        if not request.url.startswith((walk.url, "data:", "blob:")):
            walk.console.append(f"asked for {request.url}")

    page.on("pageerror", lambda error: walk.console.append(str(error)))
    page.on("console", said)
    page.on("request", asked)
