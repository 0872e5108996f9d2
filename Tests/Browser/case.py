"""What every browser test begins with: one portal and one browser for the whole run."""

import atexit
import unittest

from browser import Browser
from portal import Portal

_shared = {}

CATALOG = "/catalog"
COMPONENT = "/catalog/default/component/seat-keeper"
EVERY_PAGE = {
    "catalog": CATALOG,
    "catalog of all kinds": "/catalog?filters[kind]=all&limit=50",
    "nothing found": "/catalog?filters[text]=nothing+like+this",
    "component": COMPONENT,
    "component history": f"{COMPONENT}/history",
    "component inspect": f"{COMPONENT}/inspect",
    "API definition": "/catalog/default/api/seats/definition",
    "group": "/catalog/default/group/front-of-house",
    "user": "/catalog/default/user/bo.usher",
    "system": "/catalog/default/system/box-office",
    "location": "/catalog/default/location/odd-ones",
    "long words": "/catalog/default/component/the-component-with-the-longest-name-that-the-catalog-can-accept",
    "hostile words": "/catalog/default/component/hostile",
    "error": "/catalog/default/component/failing",
    "orphan": "/catalog/default/component/leaving",
    "conflict": "/catalog/default/component/twice",
    "words with marks": "/catalog/default/component/marked",
    "refused": "/catalog/default/component/refused",
    "deleted entity": "/catalog/default/component/gone",
    "history of a deleted entity": "/catalog/default/component/gone/history",
    "unknown filter": "/catalog?filters[nope]=x",
    "malformed cursor": "/catalog?cursor=cut",
    "unknown entity": "/catalog/default/component/seat-keeeper",
    "unknown page": "/nowhere",
    "kind of nothing": "/catalog?filters[kind]=template",
    "registration": "/catalog-import",
    "refused address": "/catalog-import?url=nothing",
    "address of a source host": "/catalog-import?url=https://github.com/org/shop/blob/main/catalog-info.yaml",
}


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
