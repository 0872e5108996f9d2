"""The main ways once more in a second engine: Debian's Firefox."""

import unittest

from case import CATALOG, COMPONENT, shared_browser
from firefox import Firefox

WITHOUT_FAULT = [CATALOG, COMPONENT, f"{COMPONENT}/history", "/catalog-import", "/nowhere"]
ROWS = "document.querySelectorAll('tbody tr').length"
HEADING = "document.querySelector('h1')?.textContent.trim()"


class FirefoxTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.firefox = Firefox(shared_browser().portal.url)
        cls.addClassCleanup(cls.firefox.close)
        cls.firefox.goto("/sign-in")
        cls.firefox.click("button", "Guest")
        cls.firefox.wait_for("!location.pathname.startsWith('/sign-in') && document.readyState === 'complete'")

    def tearDown(self):
        faults = self.firefox.settled_faults()
        self.assertEqual(faults, [], "Firefox complained, or asked elsewhere")

    def setUp(self):
        self.firefox.resize(1440, 900)

    def test_axe_finds_nothing(self):
        for path in WITHOUT_FAULT:
            with self.subTest(page=path):
                self.firefox.goto(path)
                self.assertEqual(self.firefox.axe_violations(), [])

    def test_filters_apply_while_typing(self):
        self.firefox.goto(CATALOG)
        self.firefox.click("#filters input[type=search]")
        self.firefox.type("ticket-p")
        self.firefox.wait_for(f"{ROWS} === 1")
        self.assertIn("ticket-p", self.firefox.ask("location.search"))
        self.assertEqual(self.firefox.ask("document.activeElement.value"), "ticket-p")
        self.firefox.goto(CATALOG)
        self.firefox.click("#filters label", "job")
        self.firefox.wait_for(f"{ROWS} === 1 && location.search.includes('job')")

    def test_an_entity_and_its_parts(self):
        self.firefox.goto(CATALOG)
        self.firefox.click("tbody a", "Seat Keeper")
        self.firefox.wait_for(f"{HEADING} === 'Seat Keeper'")
        self.firefox.click("nav.tabs a", "History")
        self.firefox.wait_for("location.pathname.endsWith('/history') && document.querySelector('main h2')")
        self.assertEqual(self.firefox.ask("document.querySelector('.tabs [aria-current=page]').textContent"), "History")

    def test_the_theme_is_kept(self):
        self.firefox.goto(CATALOG)
        for name, value in [("Dark", "dark"), ("Auto", None)]:
            self.firefox.click("button.account")
            self.firefox.wait_for("document.querySelector('#account:popover-open')")
            self.firefox.click("#account button", name)
            self.firefox.wait_for(f"(document.documentElement.dataset.theme ?? null) === {value!r}".replace("None", "null"))
            self.firefox.goto(COMPONENT)
            self.assertEqual(self.firefox.ask("document.documentElement.dataset.theme ?? null"), value)

    def test_menus_open_and_escape_gives_the_focus_back(self):
        self.firefox.goto(CATALOG)
        for size, opener, opened in [((1440, 900), "button.account", "#account"), ((390, 844), "button.opener", "#rail")]:
            with self.subTest(opened=opened):
                self.firefox.resize(*size)
                self.firefox.ask(f"document.querySelector('{opener}').focus()")
                self.firefox.press("Enter")
                self.firefox.wait_for(f"document.querySelector('{opened}:popover-open')")
                self.firefox.press("Escape")
                self.firefox.wait_for(f"!document.querySelector('{opened}:popover-open')")
                self.assertTrue(self.firefox.ask(f"document.activeElement.matches('{opener}')"))

    def test_nothing_is_wider_than_the_screen(self):
        for path in WITHOUT_FAULT:
            for width in [1440, 768, 390]:
                with self.subTest(page=path, width=width):
                    self.firefox.resize(width, 800)
                    self.firefox.goto(path)
                    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                    self.assertLessEqual(self.firefox.ask(over), 0)

    def test_keys_walk_through_rows(self):
        self.firefox.goto(CATALOG)
        self.firefox.press("j")
        self.firefox.press("j")
        self.assertTrue(self.firefox.ask("document.querySelectorAll('[data-row]')[1].contains(document.activeElement)"))

    def test_what_the_policy_stops_would_be_told(self):
        self.firefox.goto(CATALOG)
        self.firefox.ask("document.body.append(Object.assign(document.createElement('style'), { textContent: 'p{}' }))")
        self.assertIn("policy: style-src", "\n".join(self.firefox.settled_faults()))
        # Its own report in the log comes by another way, and later.
        self.firefox.ask("new Promise(done => setTimeout(done, 200))")
        self.firefox.faults.clear()
