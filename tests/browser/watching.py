"""What a page may not do while it is open, and what it owes at each width."""

from typing import Any
from urllib.parse import urlsplit

from tests.servers import ROOT
from tests.thorough import IS_THOROUGH

WIDTHS = (320, 390, 860, 1020, 1280)
OUTERMOST = WIDTHS if IS_THOROUGH else (WIDTHS[0], WIDTHS[-1])
"""Where axe looks, and where the dark is looked at: all that is ever shown is shown at one of the two."""
HEIGHT = 900
AXE = ROOT / "tests" / "html" / "node_modules" / "axe-core" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SMALLEST_TARGET = 24

# What reaches out of the window, without the elements that only hold it.
SIDEWAYS = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const isOut = element => element.checkVisibility() && element.getBoundingClientRect().right > room + 0.5;
  return [...document.querySelectorAll("body *")]
    .filter(element => isOut(element) && ![...element.children].some(isOut))
    .map(element => element.outerHTML.slice(0, 90));
}"""

# A link within a sentence is as high as its line; everything else that can be pressed is a target.
SMALL_TARGETS = """smallest => {
  const inSentence = element => getComputedStyle(element).display === "inline"
    && element.parentElement.innerText.trim() !== element.innerText.trim();
  const targets = "a[href], button, input, select, textarea, summary, [role=option], [tabindex='0']";
  return [...document.querySelectorAll(targets)]
    .filter(element => element.checkVisibility({ visibilityProperty: true }) && !element.matches("[type=hidden]"))
    .filter(element => !inSentence(element))
    .map(element => [element, element.getBoundingClientRect()])
    .filter(([, box]) => box.width < smallest - 0.5 || box.height < smallest - 0.5)
    .map(([element, box]) => `${box.width} by ${box.height}: ${element.outerHTML.slice(0, 90)}`);
}"""

# Light and dark differ in colours alone, so in the dark axe looks at those only.
LOOK = """async ({ standards, scheme }) => {
  const rules = axe.getRules(standards)
    .filter(({ tags }) => !tags.includes("experimental") && (scheme === "light" || tags.includes("cat.color")))
    .map(rule => rule.ruleId);
  const { violations } = await axe.run({ runOnly: { type: "rule", values: rules }, resultTypes: ["violations"] });
  return violations.flatMap(rule =>
    rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 120)}: ${node.failureSummary.replace(/\\s+/g, " ")}`));
}"""


class Watch:
    """Notes what goes wrong in a page while it is used: errors and refusals in its console, requests to other hosts."""

    def __init__(self, page: Any, site: str) -> None:
        self.host = urlsplit(site).netloc
        self.faults: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", self._request)
        self.page = page

    def _console(self, message: Any) -> None:
        # A page that is served with 404 is named in the console too; whether it should be is not the browser's matter.
        is_own_status = "the server responded with a status of" in message.text and (
            message.location["url"] == self.page.url
        )
        if message.type in ("error", "warning") and not is_own_status:
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme != "data" and address.netloc != self.host:
            self.faults.append(f"asks another host: {request.url}")


def faults_at(page: Any, width: int, scheme: str) -> list[str]:
    """What is wrong with an open page at a width: it scrolls sideways, a target is small, axe finds something. At the
    widths between the outermost axe, which takes seconds, is not asked.
    """
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.emulate_media(color_scheme=scheme)
    found = {
        "wider than the window": page.evaluate(SIDEWAYS),
        "small target": page.evaluate(SMALL_TARGETS, SMALLEST_TARGET),
        "axe": _violations(page, scheme) if width in OUTERMOST else [],
    }
    return [f"{width} {scheme}: {what}: {fault}" for what, faults in found.items() for fault in faults]


def _violations(page: Any, scheme: str) -> list[str]:
    if page.evaluate("typeof axe === 'undefined'"):
        # By the browser's own door, which no policy of the page shuts; not in every page, which would read it anew.
        page.evaluate(f"{AXE.read_text(encoding='utf-8')}; null")
    violations: list[str] = page.evaluate(LOOK, {"standards": STANDARDS, "scheme": scheme})
    return violations
