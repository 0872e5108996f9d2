"""The way of a person through the catalog, with scripts and without."""

import pathlib
import re

from playwright.sync_api import expect

from case import CATALOG, COMPONENT, BrowserCase


class CatalogTest(BrowserCase):
    def names(self, page):
        return page.locator("tbody tr .name a").all_inner_texts()

    def check(self, page, name):
        """Chooses a value of a filter; where no script applies it, the button does."""
        page.get_by_label("Filters", exact=True).get_by_label(name).check()

    def test_guests_sign_in_and_come_back_to_where_they_were(self):
        page = self.open(COMPONENT, signed_in=False)
        expect(page).to_have_url(f"{self.portal.url}/sign-in?return=%2Fcatalog%2Fdefault%2Fcomponent%2Fseat-keeper")
        page.get_by_role("button", name="Guest").click()
        expect(page).to_have_url(f"{self.portal.url}{COMPONENT}")
        expect(page.get_by_role("heading", level=1)).to_have_text("Seat Keeper")
        page.get_by_label("Account of Guest").click()
        page.get_by_role("link", name="Sign out …").click()
        page.get_by_role("main").get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("button", name="Guest")).to_be_visible()
        page.goto(CATALOG)
        expect(page).to_have_url(f"{self.portal.url}/sign-in?return=%2Fcatalog")

    def test_what_was_copied_is_said_and_goes_by_itself(self):
        page = self.open(COMPONENT)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="Copy: component:default/seat-keeper").click()
        said = page.locator("#said")
        expect(said).to_have_text("Copied: component:default/seat-keeper")
        self.assertGreater(said.bounding_box()["width"], 100)
        self.assertEqual(page.evaluate("navigator.clipboard.readText()"), "component:default/seat-keeper")
        expect(said).to_be_hidden(timeout=8_000)

    def test_filters_apply_at_once_and_stay_in_the_address(self):
        page = self.open(CATALOG)
        self.check(page, "job")
        expect(page.locator("tbody tr")).to_have_count(1)
        self.assertEqual(self.names(page), ["month-end"])
        self.assertIn("filters%5Btype%5D=job", page.url)
        expect(page.get_by_label("Filters", exact=True).get_by_label("job")).to_be_focused()
        expect(page.locator("#said")).to_have_text("1 component")
        page.get_by_label("Remove the filter Type: job").click()
        self.check(page, "Stage")
        expect(page.get_by_label("Remove the filter Owner: Stage")).to_be_visible()
        names = self.names(page)
        self.assertIn("Cue Caller", names)
        self.assertNotIn("Till", names)
        page.reload()
        self.assertEqual(self.names(page), names)

    def test_what_is_filtered_can_be_had_as_a_file(self):
        page = self.open(CATALOG)
        self.check(page, "job")
        expect(page.locator("tbody tr")).to_have_count(1)
        for name, marks in {
                "CSV": ["reference,kind,namespace,name,", "component:default/month-end,"],
                "JSON": ['[{"apiVersion":', '"name":"month-end"'], "NDJSON": ['{"apiVersion":', '"name":"month-end"']}.items():
            page.get_by_role("button", name="Export", exact=True).click()
            with page.expect_download() as download:
                page.get_by_role("link", name=name, exact=True).click()
            self.assertEqual(download.value.suggested_filename, f"catalog.{name.lower()}")
            text = pathlib.Path(download.value.path()).read_text(encoding="utf-8")
            for mark in marks:
                self.assertIn(mark, text)
            self.assertNotIn("component:default/till", text.split("relations")[0])
            page.keyboard.press("Escape")

    def test_going_back_undoes_a_filter(self):
        page = self.open(CATALOG)
        before = self.names(page)
        self.check(page, "job")
        expect(page.locator("tbody tr")).to_have_count(1)
        page.get_by_label("Text").fill("month")
        expect(page).to_have_url(re.compile("month"))
        page.go_back()
        expect(page.locator("tbody tr")).to_have_count(len(before))
        self.assertNotIn("job", page.url)
        expect(page.get_by_label("Filters", exact=True).get_by_label("job")).not_to_be_checked()
        page.go_forward()
        expect(page.locator("tbody tr")).to_have_count(1)
        expect(page.get_by_label("Filters", exact=True).get_by_label("job")).to_be_checked()

    def test_typing_finds_while_the_field_keeps_focus_and_caret(self):
        page = self.open(CATALOG)
        page.get_by_label("Text").press_sequentially("tick")
        expect(page.locator("tbody tr")).to_have_count(3)
        self.assertEqual(self.names(page), ["Order Desk", "ticket-printer", "Ticket Shop"])
        expect(page.get_by_label("Text")).to_be_focused()
        page.keyboard.type("et-p")
        expect(page.locator("tbody tr")).to_have_count(1)
        page.get_by_label("Text").fill("nothing like this")
        expect(page.get_by_role("heading", name="Nothing matches")).to_be_visible()
        page.get_by_role("link", name="Clear the filters").click()
        expect(page.locator("tbody tr").first).to_be_visible()

    def test_kinds_have_tables_of_their_own(self):
        page = self.open("/catalog?filters[text]=house")
        page.get_by_label("Kind").select_option("group")
        expect(page.get_by_role("columnheader", name="Parent")).to_be_visible()
        self.assertEqual(sorted(self.names(page)), ["Front of House", "The House"])

    def walk(self, page, apply):
        """Filter, sort, next page, entity, its tabs: the same with and without scripts."""
        self.check(page, "service")
        apply()
        expect(page.get_by_label("Remove the filter Type: service")).to_be_visible()
        page.get_by_role("link", name="Name").click()
        expect(page.get_by_role("columnheader", name="Name")).to_have_attribute("aria-sort", "descending")
        names = [name.lower() for name in self.names(page)]
        self.assertGreater(len(names), 5)
        page.goto("/catalog?filters[kind]=all")
        first = self.names(page)
        page.get_by_role("link", name="Next").click()
        expect(page.get_by_role("link", name="Previous")).to_be_visible()
        self.assertEqual(set(first) & set(self.names(page)), set())
        page.get_by_role("link", name="Previous").click()
        expect(page.get_by_role("link", name="Next")).to_be_visible()
        self.assertEqual(self.names(page), first)
        page.goto("/catalog?filters[kind]=api")
        page.get_by_role("link", name="Seats", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Seats")
        for tab, title in [("Definition", "Definition"), ("History", "History"), ("Inspect", "JSON"), ("Overview", "About")]:
            page.get_by_role("navigation", name="Parts of Seats").get_by_role("link", name=tab).click()
            expect(page.get_by_role("heading", name=title, level=2)).to_be_visible()
        page.get_by_role("button", name="More").click()
        page.get_by_role("button", name="Refresh").click()
        expect(page.get_by_text("Its file was read again.")).to_be_visible()

    def test_the_way_through_the_catalog(self):
        page = self.open(CATALOG)
        self.walk(page, lambda: None)

    def test_the_same_way_without_scripts(self):
        page = self.open(CATALOG, scripts=False)
        self.walk(page, lambda: page.get_by_role("button", name="Apply").click())

    def test_the_theme_is_kept(self):
        page = self.open(CATALOG, scripts=False)
        page.get_by_label("Account of Guest").click()
        page.get_by_role("button", name="Dark").click()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        page.goto(COMPONENT)
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")

    def test_all_values_of_a_filter_are_reached_with_scripts_and_without(self):
        for scripts in [True, False]:
            with self.subTest(scripts=scripts):
                page = self.open(CATALOG, scripts=scripts)
                page.get_by_role("link", name="Show more: Tags").click()
                page.wait_for_url("**more=tags#more")
                tags = page.get_by_role("group", name="Tags").get_by_role("checkbox")
                self.assertGreater(tags.count(), 8)
                expect(page.get_by_role("group", name="Tags")).to_be_in_viewport()
                chosen = tags.nth(8).get_attribute("value")
                field = page.get_by_label("Find in Tags")
                field.fill(chosen)
                if not scripts:
                    field.press("Enter")
                page.wait_for_url(f"**find={chosen}**")
                expect(tags).to_have_count(1)
                tags.check()
                if not scripts:
                    page.get_by_role("button", name="Apply").click()
                expect(page.get_by_label(f"Remove the filter Tags: {chosen}")).to_be_visible()
                page.get_by_role("link", name="Show fewer: Tags").click()
                expect(page.get_by_label(f"Remove the filter Tags: {chosen}")).to_be_visible()
