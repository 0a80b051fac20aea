"""HTML as tests read it: strictly, so that a page which only a browser's kindness makes readable does not pass."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = {"meta", "link", "br", "img", "input", "hr"}
PHRASING_ONLY = {
    "p",
    "h1",
    "h2",
    "h3",
    "span",
    "b",
    "a",
    "bdi",
    "summary",
    "caption",
    "label",
    "option",
    "button",
    "dt",
}
BLOCKS = {"div", "p", "ul", "ol", "dl", "table", "section", "nav", "header", "footer", "main", "form", "h1", "h2", "h3"}
PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "tr": {"thead", "tbody"},
    "th": {"tr"},
    "td": {"tr"},
    "caption": {"table"},
    "thead": {"table"},
    "tbody": {"table"},
    "option": {"select", "optgroup"},
    "summary": {"details"},
}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = field(repr=False)
    children: "list[Element | str]" = field(default_factory=list)

    @property
    def text(self) -> str:
        """All words inside, in one line; spaces that may not break stay."""
        return re.sub(r"[ \n]+", " ", "".join(self._strings())).strip(" ")

    def _strings(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._strings()

    def all(self, tag: str = "", **attributes: str) -> "list[Element]":
        """The elements below of a tag that have these attributes. ``class_`` is one class among others, and
        ``aria_label`` means ``aria-label``.
        """
        wanted = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self._elements()
            if (not tag or element.tag == tag) and all(element._has(name, value) for name, value in wanted.items())
        ]

    def one(self, tag: str = "", **attributes: str) -> "Element":
        (found,) = self.all(tag, **attributes)
        return found

    def _has(self, name: str, value: str) -> bool:
        given = self.attributes.get(name, "")
        return value in given.split() if name == "class" else given == value

    def _elements(self) -> "Iterator[Element]":
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child._elements()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("#document", {}, None)
        self.open = self.root
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = Counter(name for name, _ in attrs)
        self.problems += [f"<{tag}> has {name} twice" for name, count in names.items() if count > 1]
        element = Element(tag, {name: value or "" for name, value in attrs}, self.open)
        self._check_place(element)
        self.open.children.append(element)
        if tag not in VOID:
            self.open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open = self.open.parent or self.root

    def handle_endtag(self, tag: str) -> None:
        if tag != self.open.tag:
            self.problems.append(f"</{tag}> closes <{self.open.tag}>")
        self.open = self.open.parent or self.root

    def handle_data(self, data: str) -> None:
        self.open.children.append(data)

    def _check_place(self, element: Element) -> None:
        if element.tag in PARENTS and self.open.tag not in PARENTS[element.tag]:
            self.problems.append(f"<{element.tag}> in <{self.open.tag}>")
        if element.tag in BLOCKS:
            above: Element | None = self.open
            while above and above.tag not in {"svg", "body"}:
                if above.tag in PHRASING_ONLY:
                    self.problems.append(f"<{element.tag}> in <{above.tag}>")
                above = above.parent


def read(response: Any) -> Element:
    """The page, after a look at what every page owes: well-formed, under 50 kB, no style or script of its own."""
    source = response.content.decode()
    reader = _Reader()
    reader.feed(source)
    reader.close()
    root = reader.root
    problems = list(reader.problems)
    if reader.open is not root:
        problems.append(f"<{reader.open.tag}> is never closed")
    if not source.startswith("<!DOCTYPE html>"):
        problems.append("no doctype")
    if len(response.content) >= 50_000:
        problems.append(f"{len(response.content)} bytes")
    problems += [*_forbidden(root), *_identities(root), *_structure(root)]
    assert not problems, problems
    return root


def _forbidden(root: Element) -> Iterator[str]:
    for element in root.all():
        if element.tag in {"style", "iframe", "img"} or (element.tag == "script" and not _is_allowed(element)):
            yield f"<{element.tag}>"
        for name in element.attributes:
            if name == "style" or name.startswith("on"):
                yield f"{name}= on <{element.tag}>"
    yield from (
        link.attributes["href"] for link in root.all("link", rel="stylesheet") if "//" in link.attributes["href"]
    )


def _is_allowed(script: Element) -> bool:
    """A file of our own that waits for the page, or data."""
    if script.attributes.get("type") == "application/ld+json":
        return script.attributes.keys() == {"type"}
    return script.attributes.get("src", "").startswith("/static/") and "defer" in script.attributes and not script.text


def _identities(root: Element) -> Iterator[str]:
    ids = Counter(element.attributes["id"] for element in root.all() if "id" in element.attributes)
    yield from (f"id {name} stands twice" for name, count in ids.items() if count > 1)
    for element in root.all():
        target = element.attributes.get("for") or element.attributes.get("href", "")
        name = target.removeprefix("#") if target.startswith("#") or "for" in element.attributes else ""
        if name and name not in ids:
            yield f"{target} leads nowhere"


def _structure(root: Element) -> Iterator[str]:
    html = root.one("html")
    if not html.attributes.get("lang") or html.attributes.get("dir") not in {"ltr", "rtl"}:
        yield "no lang or dir"
    if len(root.all("main")) != 1 or len(root.all("h1")) != 1 or len(root.all("title")) != 1:
        yield "not one main, one h1, one title"
    yield from (f"a link without words: {link.attributes}" for link in root.all("a") if not link.text)
    yield from ("a drawing that is read out" for svg in root.all("svg") if svg.attributes.get("aria-hidden") != "true")
