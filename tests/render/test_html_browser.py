"""The page in a real browser: on a phone and on a desk, in the sun and in the dark, on paper."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pacecalc.planning.records import RacePlan
from pacecalc.render.html import render_html

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium installed"),
]

PLANS = ("mtb_plan", "run_plan", "marathon_plan", "hostile_plan")
SIZES = {"phone": (360, 740), "desk": (1280, 900)}
LEAST_CONTRAST = 4.5

OVERFLOWING = """() => {
  const inner = document.documentElement.clientWidth;
  const boxed = (e) => e.closest('.scroll, .skip, caption, .unseen, thead') !== null;
  const out = [...document.body.querySelectorAll('*')].filter((e) => {
    const box = e.getBoundingClientRect();
    return box.width > 0 && !boxed(e) && (box.right > inner + 1 || box.left < -1);
  });
  const page = document.documentElement.scrollWidth - inner;
  return {page, elements: out.slice(0, 5).map((e) => e.outerHTML.slice(0, 160))};
}"""

CONTRASTS = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b], [R, G, B], a) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a)];
  const luminance = (colour) => {
    const linear = (v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
    const [r, g, b] = colour.slice(0, 3).map((v) => linear(v / 255));
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const contrast = (a, b) => {
    const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
    return (x + .05) / (y + .05);
  };
  const root = getComputedStyle(document.documentElement);
  const variable = (name) => root.getPropertyValue(name).trim();
  const sky = rgba(variable('--sky'));
  const night = over(rgba(variable('--night')), sky, Number(variable('--night-most')));
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = rgba(getComputedStyle(e).backgroundColor);
      if (colour[3] > .99) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let count = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (!text || ['SCRIPT', 'STYLE', 'TITLE', 'title'].includes(element.tagName)) continue;
    const style = getComputedStyle(element);
    if (!element.getClientRects().length || style.visibility === 'hidden') continue;
    const drawn = element.namespaceURI.endsWith('svg');
    const ink = rgba(drawn ? style.fill : style.color);
    let grounds = [behind(element)];
    if (drawn && element.closest('svg.profile')) {
      // words with an outline stand on it; the others on the page, the sky or the night
      grounds = element.classList.contains('halo') ? [rgba(style.stroke)]
        : element.classList.contains('axis') || element.classList.contains('name') ? [behind(element)] : [sky, night];
    }
    const worst = Math.min(...grounds.map((ground) => contrast(ink, ground)));
    count += 1;
    const look = element.className.baseVal ?? element.className;
    if (worst < LEAST) poor.push(`${worst.toFixed(2)} ${look} ${text.slice(0, 40)}`);
  }
  return {count, poor};
}""".replace("LEAST)", f"{LEAST_CONTRAST})")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    files = {}
    for name in PLANS:
        plan: RacePlan = request.getfixturevalue(name)
        files[name] = folder / f"{name}.html"
        files[name].write_text(render_html(plan), encoding="utf-8")
    return files


class Visit:
    """One page opened in one kind of device, with all it complained of and asked for."""

    def __init__(self, browser: Any, file: Path, size: str = "desk", scheme: str = "light") -> None:
        width, height = SIZES[size]
        touch = size != "desk"
        self.context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            has_touch=touch,
            is_mobile=touch,
            reduced_motion="reduce",
        )
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(file.as_uri())

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *error: object) -> None:
        self.context.close()

    def point_on_course(self, share: float) -> tuple[float, float]:
        self.page.locator("#cursor").scroll_into_view_if_needed()
        box = self.page.locator("#cursor").bounding_box()
        return box["x"] + share * box["width"], box["y"] + 0.4 * box["height"]

    def read(self, id: str) -> str:
        return self.page.locator(f"#{id}").text_content()


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PLANS)
def test_nothing_complains_leaves_overflows_or_fades(
    browser: Any, pages: dict[str, Path], name: str, size: str, scheme: str
) -> None:
    with Visit(browser, pages[name], size, scheme) as visit:
        for summary in visit.page.locator("summary").all():
            summary.evaluate("e => e.parentElement.open = true")
        overflow = visit.page.evaluate(OVERFLOWING)
        assert overflow["page"] <= 0
        assert overflow["elements"] == []
        contrasts = visit.page.evaluate(CONTRASTS)
        assert contrasts["count"] > 200
        assert contrasts["poor"] == []
        assert visit.complaints == []
        assert all(url.startswith(("file:", "data:")) for url in visit.requests)


def test_a_tap_on_the_profile_tells_place_clock_pace_and_food(browser: Any, pages: dict[str, Path]) -> None:
    with Visit(browser, pages["mtb_plan"], "phone") as visit:
        before = visit.read("r-elapsed")
        visit.page.touchscreen.tap(*visit.point_on_course(0.62))
        assert before == "0:00"
        assert visit.read("r-elapsed") not in ("", before)
        assert re.fullmatch(r"\d\d:\d\d", visit.read("r-clock"))
        assert "km/h" in visit.read("r-how")
        assert "watts" in visit.read("r-how")
        assert visit.read("r-next")
        assert visit.complaints == []


def test_the_pointer_on_a_waypoint_tells_its_cutoff(browser: Any, pages: dict[str, Path], mtb_plan: RacePlan) -> None:
    gate = next(w for w in mtb_plan.waypoints if w.margin_s is not None)
    with Visit(browser, pages["mtb_plan"]) as visit:
        visit.page.mouse.move(*visit.point_on_course(gate.distance_m / mtb_plan.course.distance_m))
        assert visit.read("r-place") == gate.name
        assert visit.read("r-margin").startswith("cutoff +")
        assert "80 % band" in visit.read("r-band")


def test_arrow_keys_walk_the_course_and_say_so(browser: Any, pages: dict[str, Path], run_plan: RacePlan) -> None:
    with Visit(browser, pages["run_plan"]) as visit:
        cursor = visit.page.locator("#cursor")
        cursor.focus()
        cursor.press("ArrowRight")
        assert cursor.get_attribute("aria-valuenow") == "1"
        cursor.press("PageDown")
        assert visit.read("r-place") == run_plan.waypoints[1].name
        cursor.press("Shift+ArrowRight")
        assert visit.read("r-place") == run_plan.waypoints[2].name
        cursor.press("PageUp")
        assert visit.read("r-place") == run_plan.waypoints[1].name
        assert run_plan.waypoints[1].name in cursor.get_attribute("aria-valuetext")
        cursor.press("End")
        assert visit.read("r-place") == run_plan.waypoints[-1].name
        assert cursor.get_attribute("aria-valuenow") == cursor.get_attribute("aria-valuemax")
        cursor.press("Home")
        assert cursor.get_attribute("aria-valuenow") == "0"


def test_the_keyboard_reaches_the_profile_and_shows_where_it_is(browser: Any, pages: dict[str, Path]) -> None:
    with Visit(browser, pages["mtb_plan"]) as visit:
        for _ in range(20):
            visit.page.keyboard.press("Tab")
            if visit.page.evaluate("document.activeElement.id") == "cursor":
                break
        assert visit.page.evaluate("document.activeElement.id") == "cursor"
        outline = visit.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"


def test_the_cursor_stands_on_the_line_of_the_mountains(browser: Any, pages: dict[str, Path]) -> None:
    for size in SIZES:
        with Visit(browser, pages["mtb_plan"], size) as visit:
            visit.page.locator("#cursor").focus()
            for _ in range(8):
                visit.page.locator("#cursor").press("PageDown")
            dot = visit.page.locator("#cursor .dot").bounding_box()
            mark = visit.page.locator("svg.profile:visible circle.mark").nth(8).bounding_box()
            assert dot["x"] + dot["width"] / 2 == pytest.approx(mark["x"] + mark["width"] / 2, abs=3.0)
            assert dot["y"] + dot["height"] / 2 == pytest.approx(mark["y"] + mark["height"] / 2, abs=4.0)


def test_words_on_the_profile_are_inside_it_and_apart(browser: Any, pages: dict[str, Path]) -> None:
    for size in SIZES:
        for name in PLANS:
            with Visit(browser, pages[name], size) as visit:
                boxes = visit.page.evaluate(
                    """() => [...document.querySelectorAll('svg.profile text.name')]
                      .map((e) => e.getBoundingClientRect())
                      .filter((b) => b.width > 0).map((b) => [b.left, b.right, (b.top + b.bottom) / 2])"""
                )
                assert len(boxes) >= 2
                for i, one in enumerate(boxes):
                    for other in boxes[i + 1 :]:
                        if abs(one[2] - other[2]) < 6.0:
                            assert one[1] <= other[0] or other[1] <= one[0]


def test_without_scripts_the_tables_are_all_there(browser: Any, pages: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(pages["run_plan"].as_uri())
    assert page.locator("#readout").is_hidden()
    assert page.locator("#waypoints tbody tr").first.is_visible()
    context.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("name", ["mtb_plan", "run_plan", "marathon_plan"])
def test_it_prints_on_two_pages(browser: Any, pages: dict[str, Path], name: str, paper: str) -> None:
    with Visit(browser, pages[name], scheme="dark") as visit:
        printed = visit.page.pdf(format=paper, print_background=False)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2


@pytest.mark.slow
@pytest.mark.parametrize("size", ["phone", "desk"])
@pytest.mark.parametrize("name", ["mtb_plan", "hostile_plan"])
def test_axe_finds_no_serious_fault(browser: Any, pages: dict[str, Path], name: str, size: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    with Visit(browser, pages[name], size) as visit:
        found = axe.run(visit.page).response["violations"]
        serious = [(v["id"], v["nodes"][0]["html"][:200]) for v in found if v["impact"] in ("serious", "critical")]
        assert serious == []
