"""Looks at every page once, in every way that pages are looked at, and keeps what is wrong."""

import collections
import functools
import pathlib
import queue
import threading

import screenshots
from browser import DESKTOP, Browser, axe_violations
from pages import EVERY_PAGE, IN_GERMAN
from portal import ORGANIZATION

WIDTHS = [1920, 1440, 1024, 768, 390, 320]
SMALLEST_TARGET = 24
WORKERS = 2
MOST_LINES = 4
# 1280 x 1024 at 400 %.
ZOOMED = {"width": 320, "height": 256, "deviceScaleFactor": 4, "mobile": False}


def on_every_page(portal, look):
    """Calls `look(browser, name, page)` for each page, on as many browsers as there are cores; what it answered."""
    waiting, answers, broken = queue.SimpleQueue(), {}, []
    for item in EVERY_PAGE.items():
        waiting.put(item)

    def work():
        try:
            browser = Browser(portal)
            try:
                while not broken:
                    name, page = waiting.get_nowait()
                    answers[name] = look(browser, name, page)
            except queue.Empty:
                pass
            finally:
                browser.close()
        except Exception as error:
            error.add_note(f"Seen on {name!r}.")
            broken.append(error)

    workers = [threading.Thread(target=work) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if broken:
        raise broken[0]
    return {name: answers[name] for name in EVERY_PAGE}


class Look:
    """One page, loaded once with scripts, once without, once in German; `faults` has a list for each check."""

    def __init__(self, browser, name, page):
        self.faults = collections.defaultdict(list)
        self._browser, self._name, self._page = browser, name, page
        self._opened = None

    def whole(self):
        self._opened = self._visit()
        self._at_a_desk()
        self._at_every_width()
        self._in_other_colours()
        self._zoomed()
        words = self._ask("words")
        self._close()
        self._without_scripts(words)
        self._in_german()
        return self.faults

    def pictures(self):
        """Only what the pictures need."""
        self._opened = self._visit()
        self._picture("light")
        for side, size in screenshots.SIZES.items():
            self._opened.set_viewport_size(size)
            self._picture(side)
        self._opened.set_viewport_size(DESKTOP)
        for side, media in screenshots.MEDIA.items():
            self._opened.emulate_media(**media)
            self._picture(side)
        self._close()

    def _at_a_desk(self):
        self._note("structure", self._ask("structure", self._expected("en")))
        self._note("reduced motion", self._ask("motion"))
        self._note("focus", self._ask("focus"))
        self._note("targets", self._ask("targets", SMALLEST_TARGET))
        self._note("text spacing", self._ask("textSpacing"))
        self._note("axe in the light", axe_violations(self._opened))
        self._picture("light")
        self._ask("paint")

    def _at_every_width(self):
        for width in WIDTHS:
            self._opened.set_viewport_size({"width": width, "height": 844 if width < 860 else 900})
            self._note("width", self._ask("overflow"))
            self._note("frame", self._ask("frame"))
            if width == 390:
                self._note("targets", self._ask("targets", SMALLEST_TARGET), "on a phone")
                self._note("focus", self._ask("focus"), "on a phone")
                self._note("axe on a phone", axe_violations(self._opened))
                self._picture("phone")
            if width == 320:
                self._note("text spacing", self._ask("textSpacing"), "at 320 px")
        self._opened.set_viewport_size(DESKTOP)

    def _in_other_colours(self):
        self._opened.emulate_media(**screenshots.MEDIA["dark"])
        self._note("axe in the dark", axe_violations(self._opened))
        self._picture("dark")
        self._opened.emulate_media(**screenshots.MEDIA["forced"])
        self._note("axe in forced colours", axe_violations(self._opened))
        self._note("forced colours", self._ask("forced"))
        self._picture("forced")
        self._opened.emulate_media(color_scheme="light", forced_colors="none")

    def _zoomed(self):
        self._opened.context.new_cdp_session(self._opened).send("Emulation.setDeviceMetricsOverride", ZOOMED)
        self._note("zoom", self._ask("zoom"))
        self._note("focus", self._ask("focus"), "at 400 %")

    def _without_scripts(self, words):
        self._opened = self._visit(scripts=False)
        heading = self._opened.locator("h1")
        if heading.count() != 1 or not heading.is_visible():
            self._note("without scripts", ["no h1 is seen"])
        lost = collections.Counter(words) - collections.Counter(self._ask("words"))
        if self._page.is_moving:
            lost = [word for word in lost if not any(letter.isdigit() for letter in word)]
        self._note("without scripts", [f"only scripts tell: {' '.join(lost)}"] if lost else [])
        self._close()

    def _in_german(self):
        self._opened = self._visit(view="de")
        self._note("structure", self._ask("structure", self._expected("de")), "in German")
        for width in [1440, 390, 320]:
            self._opened.set_viewport_size({"width": width, "height": 900})
            self._note("width", self._ask("overflow"), "in German")
        if self._name in IN_GERMAN:
            self._opened.set_viewport_size(DESKTOP)
            self._picture("german")
        self._close()

    def _visit(self, **options):
        opened = self._browser.visit(self._page, **options)
        opened.evaluate(checks_source())
        return opened

    def _close(self):
        self._note("complaints", self._opened.watch.faults)
        self._opened.context.close()

    def _ask(self, check, argument=None):
        return self._opened.evaluate("([check, argument]) => checks[check](argument)", [check, argument])

    def _expected(self, language):
        return {"language": language, "organization": ORGANIZATION, "isLone": self._page.is_lone}

    def _note(self, check, found, where=""):
        place = f"{self._name} ({where})" if where else self._name
        self.faults[check] += [f"{place}: {fault}" for fault in found[:MOST_LINES]]
        if len(found) > MOST_LINES:
            self.faults[check].append(f"{place}: and {len(found) - MOST_LINES} more")

    def _picture(self, side):
        screenshots.take(self._opened, self._name, side)


@functools.cache
def sweep(portal):
    """Runs once, whichever test asks first; the faults of all pages by check."""
    looks = on_every_page(portal, lambda browser, name, page: Look(browser, name, page).whole())
    faults = collections.defaultdict(list)
    for found in looks.values():
        for check, lines in found.items():
            faults[check] += lines
    return faults


@functools.cache
def checks_source():
    return (pathlib.Path(__file__).parent / "checks.js").read_text()
