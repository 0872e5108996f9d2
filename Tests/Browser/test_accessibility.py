"""What everybody needs of single pages; what holds of all pages is in test_sweep.py."""

import re

from playwright.sync_api import expect

from browser import DESKTOP, PHONE, axe_violations
from case import CATALOG, COMPONENT, BrowserCase

WIDTHS = [320, 375, 768, 1024, 1440]


class AccessibilityTest(BrowserCase):
    def test_axe_finds_nothing_in_what_opens(self):
        for theme, size, name in [("light", DESKTOP, "Account of Guest"), ("dark", DESKTOP, "Account of Guest"),
                                  ("light", PHONE, "Account of Guest"), ("light", PHONE, "Menu"),
                                  ("dark", PHONE, "Menu")]:
            with self.subTest(opened=name, theme=theme):
                page = self.open(CATALOG, theme=theme, size=size)
                page.get_by_role("button", name=name).click()
                expect(page.locator(":popover-open")).to_be_visible()
                self.assertEqual(axe_violations(page), [])

    def test_the_keyboard_reaches_everything_in_order(self):
        page = self.open(CATALOG)
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
        expect(page.get_by_role("link", name="Skip to content")).to_be_in_viewport()
        seen = []
        for _ in range(8):
            page.keyboard.press("Tab")
            seen.append(page.evaluate(
                """() => { const e = document.activeElement, s = getComputedStyle(e);
                const f = e.closest(".seek") ? getComputedStyle(e.closest(".seek")) : s;
                return [e.getAttribute("aria-label") ?? e.name ?? e.textContent, f.outlineStyle, f.outlineWidth]; }"""))
        self.assertEqual([one[0] or "" for one in seen][:1], ["Callboard"])
        for label, style, width in seen:
            self.assertEqual((style, width), ("solid", "2px"), f"no visible focus on {label}")
        page.goto(CATALOG)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name=re.compile("ha(s|ve) errors$"))).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Register existing")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_label("Kind")).to_be_focused()

    def test_a_long_name_of_the_reader_fits(self):
        for width in WIDTHS:
            page = self.open(CATALOG, size={"width": width, "height": 800})
            overflow = page.evaluate(
                """() => { const name = document.querySelector(".account > span:last-child");
                name.textContent = "Somebody Whose Name Is Longer Than Most Names Are";
                return document.documentElement.scrollWidth - innerWidth; }""")
            self.assertLessEqual(overflow, 0, f"at {width} px")

    def test_escape_closes_the_menu_and_gives_the_focus_back(self):
        page = self.open(CATALOG)
        menu = page.get_by_label("Account of Guest")
        menu.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="Sign out …")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("link", name="Sign out …")).to_be_hidden()
        expect(menu).to_be_focused()

    def test_the_menu_closes_behind_the_keyboard(self):
        page = self.open(CATALOG)
        menu = page.get_by_label("Account of Guest")
        menu.focus()
        page.keyboard.press("Enter")
        page.get_by_role("link", name="Sign out …").focus()
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name=re.compile("ha(s|ve) errors$"))).to_be_focused()
        expect(page.get_by_role("link", name="Sign out …")).to_be_hidden()

    def test_the_keyboard_can_pass_by_the_filters(self):
        page = self.open(CATALOG)
        page.get_by_label("Filters", exact=True).get_by_label("Text").focus()
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip the other filters")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator("#list").locator(":is(a, button, input):visible").first).to_be_focused()

    def test_a_phone_can_sort(self):
        page = self.open(CATALOG, size=PHONE)
        sort = page.get_by_role("link", name="Type", exact=True)
        expect(sort).to_be_in_viewport()
        sort.click()
        page.wait_for_url("**sort=type**")

    def test_the_current_place_shows_in_forced_colours(self):
        page = self.open(COMPONENT, forced_colors="active")
        for place in ["Main", "Parts of Seat Keeper"]:
            link = page.get_by_role("navigation", name=place).locator("[aria-current]")
            expect(link).to_have_css("text-decoration-line", "underline")

    def test_filters_are_folded_on_a_phone_and_say_how_many_are_on(self):
        page = self.open("/catalog?filters[type]=service", size=PHONE)
        expect(page.get_by_label("Kind")).to_be_hidden()
        page.get_by_text("1 on").click()
        expect(page.get_by_label("Kind")).to_be_visible()
