# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""The report as a page, drawn by a real browser."""

import html
import html.parser
import json
import re
import shutil
import subprocess

import pytest

import program
import small_networks

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chromium-headless-shell", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed: the drawn page is not looked at (apt-get install chromium)")


class Page(html.parser.HTMLParser):
    """The elements of a document as (tag, attributes, text of their own)."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.elements.append([tag, dict(attributes), ""])
        if tag not in ("meta", "input", "br", "link"):
            self.open.append(self.elements[-1])

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self.open:
            self.open[-1][2] += data

    def all(self, tag, **attributes):
        return [element for element in self.elements
                if element[0] == tag and all(value in (element[1].get(name) or "").split() for name, value in attributes.items())]

    def rows(self):
        return [element[1] for element in self.all("li") if "layer" in (element[1].get("class") or "").split()]

    def visible_rows(self):
        return [row["data-path"] for row in self.rows() if "hidden" not in row["class"].split()]


def browse(path, *arguments, width=1280):
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={width},1600",
               f"--user-data-dir={path.parent / 'profile'}", *arguments, path.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def drawn(path, *arguments, after="", width=1280):
    """The document as the browser has it once its scripts, and `after`, have run."""
    if after:
        acted = path.with_name("acted.html")
        acted.write_text(path.read_text().replace("</body>", f"<script>{after}</script></body>"))
        path = acted
    return Page(browse(path, "--dump-dom", *arguments, width=width))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("page")


@pytest.fixture(scope="module")
def page(folder):
    program.succeeds(program.prunec("apply", small_networks.QUICKSTART / "model.pt", "--rules", small_networks.RULES, "--strategy", "all", "--ratio", 0.5,
                                    "--input", "1x1x8x8", "-o", folder / "pruned.pt", "--html", folder / "page.html"))
    return folder / "page.html"


@pytest.fixture(scope="module")
def report(page):
    return json.loads(page.with_name("pruned.json").read_text())


def test_report_writes_the_same_page(page, folder):
    program.succeeds(program.prunec("report", folder / "pruned.json", "-o", folder / "again.html"))
    assert (folder / "again.html").read_bytes() == page.read_bytes()


def test_every_layer_set_score_and_statement_is_drawn(page, report):
    document = drawn(page)
    assert document.visible_rows() == [site["path"] for site in report["channels"]]
    shapes = [element[1]["class"] for element in document.all("rect") if element[1].get("height") == "8"]
    assert shapes.count("before") == shapes.count("after") == len(report["channels"])
    sets = {site["set"] for site in report["channels"]}
    assert {element[1]["id"] for element in document.all("article")} == {f"set-{number}" for number in sets}
    nodes = [element for element in document.all("circle") if "node" in element[1]["class"].split()]
    assert len(nodes) == len(report["channels"])
    voters = [site for site in report["channels"] if site["role"] == "voter"]
    assert len(document.all("svg", **{"class": "histogram"})) == len(voters) + 1
    assert len(document.all("line", **{"class": "threshold"})) == len(voters) + 1
    text = "".join(element[2] for element in document.elements)
    tie = small_networks.RULES.read_text().split("  tie ")[0].count("\n") + 1
    assert f"digits_resnet.prune:{tie}:3" in text, "the statement that ties is named with its line"
    told = sum(int(number) for number in re.findall(r"\d+", " ".join(element[2].split()[0] for element in document.all("dt"))))
    widths = {entry["set"]: entry["before"] for entry in report["channels"]}
    assert told == sum(widths.values()), "every channel of every set has a reason"
    assert f"{len(report['channels'])} of {len(report['channels'])} layers" in text


def test_filter_and_sort(page, report):
    paths = [site["path"] for site in report["channels"]]
    filtered = drawn(page, after="filter.value = 'Layer2'; filter.dispatchEvent(new Event('input', {bubbles: true}))")
    assert filtered.visible_rows() == [path for path in paths if path.startswith("layer2")]
    cards = [element[1] for element in filtered.all("article") if "hidden" not in element[1]["class"].split()]
    assert cards and all("layer2" in card["data-path"] for card in cards)
    carried = drawn(page, after="role.value = 'carried'; role.dispatchEvent(new Event('input', {bubbles: true}))")
    assert carried.visible_rows() == [site["path"] for site in report["channels"] if site["role"] == "carried"]
    ordered = drawn(page, after="sort.value = 'left'; sort.dispatchEvent(new Event('input', {bubbles: true}))")
    assert ordered.visible_rows() == [site["path"] for site in sorted(report["channels"], key=lambda site: site["after"] / site["before"])]


def test_it_can_be_read_without_scripts(page, report, folder):
    text = page.read_text()
    (folder / "still.html").write_text(text[:text.index("<script>")] + text[text.index("</script>"):])
    document = drawn(folder / "still.html")
    assert document.all("form")[0][1].get("hidden") is not None, "controls that nothing answers to"
    text = "".join(element[2] for element in document.elements)
    totals = report["totals"]["parameters"]
    assert f"{totals['before']:,}" in text and f"{totals['after']:,}" in text and "Verified" in text
    assert len(document.rows()) == len(report["channels"])


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_sticks_out(page, folder, width):
    # In a frame, since a window has a least width.
    (folder / "frame.html").write_text(f"""<!DOCTYPE html><title>-</title><iframe width="{width}" height="900" frameborder="0"
        srcdoc="{html.escape(page.read_text(), quote=True)}"></iframe><script>addEventListener("load", () => {{
        const frame = document.querySelector("iframe"); document.title = [frame.contentWindow.innerWidth,
        frame.contentDocument.documentElement.scrollWidth, frame.contentDocument.querySelectorAll("li").length].join() }})</script>""")
    inner, needed, rows = map(int, drawn(folder / "frame.html").all("title")[0][2].split(","))
    assert rows > 10 and inner == width and needed <= width


@pytest.mark.parametrize("scheme, brightness", [("light", range(200, 256)), ("dark", range(0, 60))])
@pytest.mark.parametrize("width", [390, 1280])
def test_light_and_dark(page, folder, width, scheme, brightness):
    from PIL import Image

    shot = folder / f"{scheme}-{width}.png"
    browse(page, f"--screenshot={shot}", f"--blink-settings=preferredColorScheme={0 if scheme == 'dark' else 1}", width=width)
    image = Image.open(shot).convert("RGB")
    assert image.size[0] == width
    assert sum(image.getpixel((2, 2))) // 3 in brightness
    colours = image.getcolors(1 << 20)
    assert colours is not None and len(colours) > 50, "an empty page"


def test_names_that_look_like_html_stay_text(page, report, folder):
    evil = "<img src=x onerror=\"document.title='broken in'\">"
    spoilt = json.loads(json.dumps(report).replace('"layer1.0.bn1"', json.dumps(evil)))
    spoilt["plan"]["architecture"] = f"</title><script>document.title='broken in'</script>{evil}"
    (folder / "evil.json").write_text(json.dumps(spoilt))
    program.succeeds(program.prunec("report", folder / "evil.json"))
    document = drawn(folder / "evil.html")
    assert document.all("title")[0][2] != "broken in" and not document.all("img") and len(document.all("script")) == 1
    assert evil in document.visible_rows()


def test_a_budget_is_told(tmp_path):
    made = program.succeeds(program.prunec("apply", small_networks.QUICKSTART / "model.pt", "--rules", small_networks.RULES, "--strategy", "all", "--macs", "50%",
                                           "--input", "1x1x8x8", "-o", tmp_path / "pruned.pt", "--html", tmp_path / "page.html"))
    assert "budget macs 50% asked" in made.stdout
    budget = json.loads((tmp_path / "pruned.json").read_text())["budget"]
    text = (tmp_path / "page.html").read_text()
    used = 100 * budget["used"]["after"] / budget["used"]["before"]
    assert f'<span id="budget-used">{used:.2f} %</span>' in text
    assert f"{budget['limit']:,}" in text and f"{100 * budget['kept_score']:.2f} % of the scores" in text
    assert f"no choice within the budget keeps more than {100 * budget['gap']:.2f} % more" in text
    assert 'id="threshold"' not in text
    program.succeeds(program.prunec("report", tmp_path / "pruned.json", "-o", tmp_path / "again.html"))
    assert (tmp_path / "again.html").read_text() == text
