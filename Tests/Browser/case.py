"""What every browser test begins with: one portal and one browser for the whole run."""

import atexit
import unittest

from browser import Browser
from pages import CATALOG, COMPONENT, EVERY_PAGE
from portal import Portal

__all__ = ["CATALOG", "COMPONENT", "EVERY_PAGE", "BrowserCase", "shared_browser"]

_shared = {}


def shared_browser():
    """Started with the first test that needs it, stopped with the program."""
    if "browser" not in _shared:
        portal = Portal().start()
        atexit.register(portal.stop)
        portal.settle()
        browser = Browser(portal)
        atexit.register(browser.close)
        _shared["browser"] = browser
    return _shared["browser"]


class BrowserCase(unittest.TestCase):
    """A test with pages, none of which may do what no page may do."""

    @classmethod
    def setUpClass(cls):
        cls.browser = shared_browser()
        cls.portal = cls.browser.portal

    def setUp(self):
        self._pages = []

    def open(self, path=None, **options):
        page = self.browser.open(**options)
        self._pages.append(page)
        self.addCleanup(page.context.close)
        if path is not None:
            page.goto(path)
        return page

    def tearDown(self):
        faults = [fault for page in self._pages for fault in page.watch.faults]
        self.assertEqual(faults, [], "the browser complained, or asked elsewhere")
