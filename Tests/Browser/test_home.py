"""The home page, stars, the layout and the settings, with and without scripts."""

import re

from playwright.sync_api import expect

from browser import axe_violations
from case import BrowserCase

KEEPER = "component:default/seat-keeper"
STAR = "fetch('/starred', {method: 'POST', body: new URLSearchParams({entityRef: '%s', starred: '%s', return: '/'})})"


class HomeTest(BrowserCase):
    def star(self, page, is_starred):
        page.evaluate(f"() => {STAR % (KEEPER, str(is_starred).lower())}")

    def test_a_star_goes_in_place_and_leaves_the_page_as_it_is(self):
        page = self.open("/")
        self.star(page, True)
        page.goto("/")
        page.evaluate("window.isSame = true")
        button = page.get_by_role("button", name="Star Seat Keeper")
        expect(button).to_have_attribute("aria-pressed", "true")
        button.click()
        expect(button).to_have_count(0)
        page.goto("/starred")
        expect(page.get_by_text("Star what you come back to")).to_be_visible()

    def test_the_layout_is_arranged_with_and_without_scripts(self):
        for scripts in [True, False]:
            with self.subTest(scripts=scripts):
                page = self.open("/layout", scripts=scripts)
                names = page.locator("ol.order .order-name")
                first, second = names.nth(0).inner_text(), names.nth(1).inner_text()
                page.get_by_role("button", name=f"Move {second} up").click()
                expect(names.nth(0)).to_have_text(second)
                expect(names.nth(1)).to_have_text(first)
                page.get_by_role("button", name=f"Remove {second}").click()
                expect(names.nth(0)).to_have_text(first)
                page.get_by_role("button", name=f"Add {second}").click()
                expect(names.last).to_have_text(second)
                page.get_by_label("Width of Starred").select_option("12")
                if not scripts:
                    page.get_by_role("button", name="Save widths").click()
                expect(page.locator("input[name='was:starred']")).to_have_value("12")
                page.get_by_role("button", name="Back to the usual layout").click()
                expect(page.locator("input[name='was:starred']")).to_have_value("4")
                expect(names.nth(0)).to_have_text(first)

    def test_a_view_is_replaced_only_by_who_says_so(self):
        for scripts in [True, False]:
            with self.subTest(scripts=scripts):
                page = self.open("/catalog?filters[kind]=api", scripts=scripts)
                self.save_view(page, "Mine")
                expect(page.get_by_text("The view “Mine” is saved.")).to_be_visible()
                page.goto("/catalog?filters[kind]=system")
                self.save_view(page, "Mine")
                refusal = page.get_by_role("alert")
                expect(refusal).to_contain_text("You have another view called “Mine” already.")
                expect(refusal).to_be_focused()
                expect(page.get_by_role("heading", level=1)).to_have_text("Catalog")
                if scripts:
                    self.assertEqual(axe_violations(page), [])
                refusal.get_by_role("button", name="Choose another name").click()
                expect(page.get_by_label("Save these filters as a view")).to_have_value("Mine")
                page.keyboard.press("Escape")
                refusal.get_by_role("button", name="Replace it").click()
                expect(page.get_by_role("link", name="Mine")).to_have_attribute("aria-current", "true")
                page.get_by_role("button", name="Views", exact=True).click()
                page.get_by_role("button", name="Remove the view “Mine”").click()
                expect(page.get_by_role("link", name="Mine")).to_have_count(0)
                if scripts:
                    # Said once, also where the page is loaded again.
                    expect(page).not_to_have_url(re.compile("removed="))

    def save_view(self, page, name):
        page.get_by_role("button", name="Views", exact=True).click()
        page.get_by_label("Save these filters as a view").fill(name)
        page.get_by_role("button", name="Save", exact=True).click()

    def sign_in(self, **options):
        page = self.open(signed_in=False, **options)
        page.goto("/sign-in?return=/catalog")
        page.get_by_role("button", name="Guest").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Catalog")
        return page

    def test_whoever_signed_out_is_not_seen_on_the_way_back(self):
        for scripts in [True, False]:
            with self.subTest(scripts=scripts):
                page = self.sign_in(scripts=scripts)
                page.goto("/settings")
                page.get_by_role("button", name="Account of").click()
                page.get_by_role("link", name="Sign out …").click()
                expect(page.get_by_text("belong to this browser, and are deleted")).to_be_visible()
                page.get_by_role("main").get_by_role("button", name="Sign out").click()
                page.wait_for_url("**/sign-in*")
                for _ in range(3):
                    page.go_back()
                    expect(page.get_by_role("button", name="Guest")).to_be_visible()
                    expect(page.get_by_text("Seat Keeper")).to_have_count(0)

    def test_a_star_of_somebody_who_was_signed_out_leads_back_to_its_page(self):
        for scripts in [True, False]:
            with self.subTest(scripts=scripts):
                page = self.sign_in(scripts=scripts)
                page.context.clear_cookies()
                page.get_by_role("button", name="Star Seat Keeper").click()
                expect(page.get_by_text("You were signed out")).to_be_visible()
                page.get_by_role("button", name="Guest").click()
                expect(page.get_by_role("heading", level=1)).to_have_text("Catalog")

    def test_settings_hold_from_the_next_page_on(self):
        page = self.open("/settings", scripts=False)
        page.get_by_role("button", name="Dark").click()
        expect(page.locator("html[data-theme=dark]")).to_have_count(1)
        page.get_by_role("button", name="Deutsch").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Einstellungen")
