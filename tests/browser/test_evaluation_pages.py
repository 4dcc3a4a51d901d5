"""The evaluation's pages in a browser: for everybody, on any screen, from a file, fetching nothing."""

import pytest
from runs import figure, outcome, report
from wcag import violations

from benchmarks.understanding.comparison import run_of
from benchmarks.understanding.confusions import misses
from benchmarks.understanding.page import write_misses_page, write_report_page

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 3
OUTCOMES = [
    *(outcome(n > 9, f"Question {n}?", given=None if n > 9 else "not_on_page_patient_services") for n in range(30)),
    outcome(False, LONG, reply=LONG, before=(LONG,)),
    outcome(labels=("medical",)),
]
SCREENS = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 390, "height": 800}},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
}


@pytest.fixture(params=["report", "misses"])
def file(request, tmp_path, knowledge):
    if request.param == "report":
        better = run_of(OUTCOMES, [figure([True] * len(OUTCOMES))])
        write_report_page(tmp_path / "page.html", report(OUTCOMES, better, threshold=0.9), knowledge)
    else:
        write_misses_page(tmp_path / "page.html", "a model", [figure([True])], misses(OUTCOMES))
    return tmp_path / "page.html"


@pytest.fixture
def opened(browser, file):
    """Open the page; arguments as Playwright's new_context."""
    contexts = []

    def opened(**arguments):
        contexts.append(browser.new_context(**arguments))
        page = contexts[-1].new_page()
        requests, errors = [], []
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: errors.append(message.text))
        page.goto(file.as_uri())
        assert (requests, errors) == ([file.as_uri()], [])
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_page_has_no_violation_and_fits_the_screen(opened, screen):
    page = opened(**screen)
    for summary in page.locator("summary").all():
        summary.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
