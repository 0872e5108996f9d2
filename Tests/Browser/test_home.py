"""The home page, stars, the layout and the settings, with and without scripts."""

from playwright.sync_api import expect

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

    def test_settings_hold_from_the_next_page_on(self):
        page = self.open("/settings", scripts=False)
        page.get_by_role("button", name="Dark").click()
        expect(page.locator("html[data-theme=dark]")).to_have_count(1)
        page.get_by_role("button", name="Deutsch").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Einstellungen")
