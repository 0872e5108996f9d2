"""What operators do on their pages; what holds of all pages is in test_sweep.py."""

import pathlib
import re
import tempfile
import unittest

from playwright.sync_api import expect

from browser import PHONE
from case import CATALOG, BrowserCase, shared_browser
from pages import GALLERY
from portal import Portal

REFUSED = "The configuration as it is written now is not in force"


class DevtoolsTest(BrowserCase):
    def test_an_operator_sees_the_portal_and_nobody_else_does(self):
        page = self.open("/devtools")
        expect(page.get_by_role("heading", level=1)).to_have_text("Admin")
        expect(page.get_by_text("SQLite 3")).to_be_visible()
        page = self.open("/devtools", signed_in=False)
        expect(page).to_have_url(re.compile("/sign-in"))

    def test_a_listener_from_a_variable_is_shown_and_a_token_is_not(self):
        page = self.open("/devtools/config?find=backend.")
        row = page.get_by_role("row").filter(has_text="backend.listen")
        expect(row).to_contain_text("127.0.0.1:0")
        expect(page.get_by_role("row").filter(has_text="options.token")).to_contain_text("<secret>")

    def test_a_place_in_a_file_stays_in_one_line_beside_long_words(self):
        for width in [1440, 1000, 700]:
            with self.subTest(width=width):
                page = self.open("/devtools/config", size={"width": width, "height": 900})
                row = page.get_by_role("row").filter(has_text="app-config.yaml:").first
                place = row.locator("td:nth-child(3) code")
                before = place.bounding_box()["height"]
                row.evaluate("""row => { for (const code of row.querySelectorAll("td:nth-child(-n+2) code"))
                    code.textContent = "long-words.".repeat(30); }""")
                self.assertEqual(place.bounding_box()["height"], before)

    def test_what_a_source_lacks_has_room_in_every_language(self):
        for view in ["en", "de"]:
            for width in [1440, 1000, 700]:
                with self.subTest(view=view, width=width):
                    page = self.open(
                        "/devtools/ingestion?failing=true", view=view, size={"width": width, "height": 900})
                    self.assertGreater(page.locator("td .note").first.bounding_box()["width"], 200)
                    hidden = page.locator(".scroll").first.evaluate("part => part.scrollWidth - part.clientWidth")
                    self.assertEqual(hidden, 0)

    def test_the_index_leads_to_every_component(self):
        page = self.open(GALLERY)
        links = page.locator("main .rows a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        self.assertGreater(len(links), 60)
        for address in {link.split("#")[0] for link in links}:
            page.goto(address)
            for link in (link for link in links if link.startswith(f"{address}#")):
                expect(page.locator(f"[id='{link.split('#')[1]}']")).to_be_visible()

    def test_a_component_is_shown_where_its_link_leads(self):
        for options in [{}, {"size": PHONE}, {"scripts": False}]:
            with self.subTest(**options):
                page = self.open(GALLERY, **options)
                page.get_by_role("link", name="Filters that are on").click()
                expect(page).to_have_url(re.compile("/forms#forms-chips$"))
                expect(page.locator("#forms-chips")).to_be_in_viewport()

    def test_a_form_of_a_sample_comes_back(self):
        page = self.open(f"{GALLERY}/forms", scripts=False)
        page.locator("#forms-quiet-buttons button").first.click()
        expect(page).to_have_url(re.compile(f"{GALLERY}/forms$"))


class SelectionTest(BrowserCase):
    def test_the_bar_counts_what_is_chosen(self):
        for path in [CATALOG, f"{GALLERY}/lists"]:
            with self.subTest(path=path):
                page = self.open(path)
                boxes = page.locator("tbody input[type=checkbox]:not(:checked)")
                before = page.locator("tbody input[type=checkbox]:checked").count()
                expect(page.locator(".selection:visible")).to_have_count(before)
                boxes.first.check()
                self.assertEqual(self.counted(page), "1")
                page.locator("tbody tr:has(input:checked) + tr input[type=checkbox]").first.check()
                self.assertEqual(self.counted(page), "2")

    def counted(self, page):
        """What the style sheet counts is in no property of the page, but in what is read aloud."""
        tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
        names = [node.get("name", {}).get("value", "").strip() for node in tree["nodes"]]
        return [name for name in names[:names.index("chosen")] if name.isdigit()][-1]


class RefusedConfigurationTest(unittest.TestCase):
    def test_it_is_told_until_a_right_one_is_in_force(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "app-config.yaml"
            good = "auth: { providers: { guest: { userEntityRef: user:default/guest } } }\napp: { title: Good }\n"
            file.write_text(good)
            portal = Portal(is_empty=True, with_fixtures=False, config=file)
            try:
                portal.start()
                page = shared_browser().open(signed_in=False)
                self.addCleanup(page.context.close)
                page.goto(f"{portal.url}/sign-in?return=%2Fdevtools")
                page.get_by_role("button", name="Guest").click()
                expect(page.get_by_role("heading", level=1)).to_have_text("Admin")
                self.assertEqual(page.get_by_text(REFUSED).count(), 0)
                file.write_text(good.replace("title: Good", "title: [Bad]"))
                self.reload_until(page, lambda: page.get_by_text(REFUSED).count() == 1)
                note = page.get_by_role("alert")
                expect(note).to_contain_text("app.title")
                expect(note).to_contain_text("app-config.yaml:2")
                page.goto(f"{portal.url}/devtools/config")
                expect(page.get_by_text(REFUSED)).to_be_visible()
                file.write_text(good)
                self.reload_until(page, lambda: page.get_by_text(REFUSED).count() == 0)
            finally:
                portal.stop()

    def reload_until(self, page, holds):
        for _ in range(100):
            page.reload()
            if holds():
                return
            page.wait_for_timeout(50)
        self.fail("The page did not change.")
