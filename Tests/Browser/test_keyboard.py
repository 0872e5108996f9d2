"""Ways through the portal without a mouse, and the keys that shorten them."""

import re

from playwright.sync_api import expect

from browser import PHONE, axe_violations
from case import CATALOG, COMPONENT, BrowserCase

MOST_STOPS = 200
PALETTE = "/go?query="


class KeyboardTest(BrowserCase):
    def walk_to(self, page, target):
        """Tab by Tab until the target has the focus; each stop on the way is seen."""
        for _ in range(MOST_STOPS):
            page.keyboard.press("Tab")
            self.assertEqual(page.evaluate("""() => {
                const element = document.activeElement, area = element.getBoundingClientRect();
                const top = document.elementFromPoint(area.x + area.width / 2, area.y + area.height / 2);
                const isOnTop = element === document.body || element.contains(top) || top?.contains(element);
                return isOnTop ? "" : `hidden: ${element.outerHTML.slice(0, 120)}`; }"""), "")
            if target.evaluate("element => element === document.activeElement"):
                return
        self.fail(f"{MOST_STOPS} stops do not lead to {target}")

    def test_filter_sort_page_and_open_without_a_mouse(self):
        page = self.open("/catalog?filters[kind]=all")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        self.walk_to(page, page.get_by_role("link", name="Next"))
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="Previous")).to_be_visible()
        page.goto(CATALOG)
        self.walk_to(page, page.get_by_label("Filters", exact=True).get_by_label("service"))
        page.keyboard.press("Space")
        expect(page.get_by_label("Remove the filter Type: service")).to_be_visible()
        expect(page.get_by_label("Filters", exact=True).get_by_label("service")).to_be_focused()
        self.walk_to(page, page.get_by_role("columnheader", name="Name").get_by_role("link"))
        page.keyboard.press("Enter")
        expect(page.get_by_role("columnheader", name="Name")).to_have_attribute("aria-sort", "descending")
        entity = page.locator("tbody tr .name a").first
        name = entity.inner_text()
        self.walk_to(page, entity)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(name)

    def test_the_same_without_scripts(self):
        page = self.open(CATALOG, scripts=False)
        box = page.get_by_label("Filters", exact=True).get_by_label("service")
        box.focus()
        page.keyboard.press("Space")
        page.get_by_role("button", name="Apply").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_label("Remove the filter Type: service")).to_be_visible()

    def test_the_drawer_opens_and_closes_with_scripts_and_without(self):
        for scripts in [True, False]:
            with self.subTest(scripts=scripts):
                page = self.open(CATALOG, size=PHONE, scripts=scripts)
                opener, drawer = page.get_by_role("button", name="Menu"), page.get_by_role("navigation", name="Main")
                expect(drawer).to_be_hidden()
                opener.focus()
                page.keyboard.press("Enter")
                expect(drawer).to_be_visible()
                page.keyboard.press("Tab")
                self.assertTrue(drawer.evaluate("drawer => drawer.contains(document.activeElement)"))
                page.keyboard.press("Escape")
                expect(drawer).to_be_hidden()
                expect(opener).to_be_focused()
                opener.click()
                drawer.get_by_role("link", name="Catalog").click()
                expect(page).to_have_url(re.compile("/catalog"))

    def test_the_account_menu_opens_and_closes_without_scripts(self):
        page = self.open(CATALOG, scripts=False)
        opener = page.get_by_role("button", name="Account of Guest")
        opener.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="Sign out …")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("link", name="Sign out …")).to_be_hidden()
        expect(opener).to_be_focused()

    def test_letters_walk_through_rows(self):
        page = self.open(CATALOG)
        rows = page.locator("[data-row]")
        for keys, row in [("j", 0), ("j", 1), ("j", 2), ("k", 1)]:
            page.keyboard.press(keys)
            expect(rows.nth(row).get_by_role("link").first).to_be_focused()
        name = rows.nth(1).locator(".name a").inner_text()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        page.keyboard.press("?")
        page.wait_for_url("**/help#keys")

    def test_where_nothing_can_be_edited_the_key_says_why(self):
        page = self.open(COMPONENT)
        expect(page.get_by_role("link", name="Edit", exact=True)).to_have_count(0)
        page.keyboard.press("e")
        expect(page.locator("#said.toast")).to_have_text("No address is known at which its file can be edited.")

    def test_no_key_does_anything_before_signing_in(self):
        page = self.open("/sign-in", signed_in=False)
        for keys in ["/", "Control+k", "?", "j"]:
            page.keyboard.press(keys)
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page).to_have_url(re.compile("/sign-in$"))

    def test_whoever_was_signed_out_meanwhile_comes_back_to_the_page(self):
        for act in [lambda page: page.keyboard.press("Control+k"),
                    lambda page: page.get_by_label("Filters", exact=True).get_by_label("service").check()]:
            page = self.open("/catalog?filters[kind]=component&limit=50")
            page.context.clear_cookies()
            act(page)
            page.wait_for_url("**/sign-in?return=*")
            page.get_by_role("button", name="Guest").click()
            page.wait_for_url(re.compile(r"/catalog\?.*limit(=|%3D)50"))
            expect(page.get_by_role("heading", level=1)).to_have_text("Catalog")

    def test_g_and_a_letter_lead_to_places(self):
        page = self.open(COMPONENT)
        if not page.locator("[data-key=c]").count():
            self.skipTest("no place has a letter of its own yet")
        page.keyboard.press("g")
        page.keyboard.press("c")
        page.wait_for_url(re.compile("/catalog$"))

    def test_letters_in_a_field_are_letters(self):
        page = self.open(CATALOG)
        field = page.locator("#seek")
        field.focus()
        page.keyboard.type("gc/j?k")
        expect(field).to_have_value("gc/j?k")
        expect(page).to_have_url(re.compile("/catalog$"))
        expect(page.get_by_role("dialog")).to_have_count(0)

    def test_letters_can_be_switched_off(self):
        page = self.open(CATALOG, view="nokeys")
        before = page.evaluate("document.activeElement.tagName")
        for key in ["j", "/", "?", "g", "c"]:
            page.keyboard.press(key)
        self.assertEqual(page.evaluate("document.activeElement.tagName"), before)
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page).to_have_url(re.compile("/catalog$"))


    def test_the_menu_of_an_entity_is_walked_by_arrows_and_escape_leads_back(self):
        page = self.open(COMPONENT)
        page.keyboard.press(".")
        items = page.locator("#actions").locator("a, button")
        expect(items.first).to_be_focused()
        for key, number in [("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", -1), ("Home", 0), ("End", -1), ("ArrowDown", 0)]:
            page.keyboard.press(key)
            expect(items.nth(number)).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#actions")).to_be_hidden()
        expect(page.get_by_role("button", name="More", exact=True)).to_be_focused()


class SmallGraphTest(BrowserCase):
    def test_names_beside_an_entity_can_be_read_on_every_width(self):
        for width in [320, 390, 768, 1024, 1440]:
            with self.subTest(width=width):
                page = self.open(COMPONENT, size={"width": width, "height": 800})
                sizes = page.evaluate("""() => [...document.querySelectorAll("#graph .mini .node text, #graph li a")]
                    .filter((text) => text.checkVisibility())
                    .map((text) => parseFloat(getComputedStyle(text).fontSize)
                        * (text.ownerSVGElement?.getScreenCTM().a ?? 1))""")
                self.assertTrue(sizes)
                self.assertGreaterEqual(min(sizes), 12 if width < 600 else 10)


class SuggestionsTest(BrowserCase):
    """The search field above every page."""

    def field(self, **options):
        page = self.open(COMPONENT, **options)
        return page, page.locator("#seek"), page.locator("#seek-list")

    def test_a_press_and_letters_show_what_they_may_mean(self):
        for size in [None, PHONE]:
            with self.subTest(size=size):
                page, field, found = self.field(**({"size": size} if size else {}))
                expect(found).to_be_hidden()
                field.click()
                expect(found).to_be_visible()
                page.keyboard.type("til")
                expect(found.get_by_role("option").filter(has_text="Till").first).to_be_visible()
                self.assertEqual(axe_violations(page), [])
                self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth - innerWidth"), 0)
                page.keyboard.press("Escape")
                expect(found).to_be_hidden()
                expect(field).to_have_value("til")
                page.keyboard.press("ArrowDown")
                expect(found).to_be_visible()
                page.keyboard.press("Tab")
                expect(found).to_be_hidden()

    def test_arrows_choose_and_a_press_opens(self):
        page, field, found = self.field()
        field.click()
        page.keyboard.type("till")
        expect(found.get_by_role("option").filter(has_text="Till").first).to_be_visible()
        expect(found.get_by_role("option", selected=True)).to_have_count(0)
        page.keyboard.press("ArrowDown")
        chosen = found.get_by_role("option", selected=True)
        expect(chosen).to_have_count(1)
        where = chosen.get_attribute("href")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{self.portal.url}{where}")
        page.locator("#seek").click()
        page.keyboard.type("box")
        option = page.locator("#seek-list").get_by_role("option").filter(has_text="Box Office").first
        where = option.get_attribute("href")
        option.click()
        page.wait_for_url(f"{self.portal.url}{where}")

    def test_enter_after_more_letters_asks_for_them(self):
        page, field, found = self.field()
        field.click()
        page.keyboard.type("til")
        expect(found.get_by_role("option").filter(has_text="Till").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        expect(found.get_by_role("option", selected=True)).to_have_count(1)
        page.route("**/go?query=till", lambda route: (page.wait_for_timeout(400), route.continue_()))
        page.keyboard.type("l")
        page.keyboard.press("Enter")
        page.wait_for_url("**/go?query=till")

    def test_where_no_answer_comes_nobody_is_taken_from_the_page(self):
        page, field, found = self.field()
        page.route("**/go?query=*", lambda route: route.fulfill(status=503, content_type="text/html", body="down"))
        field.click()
        expect(found).to_contain_text("503")
        expect(page).to_have_url(f"{self.portal.url}{COMPONENT}")

    def test_enter_leads_to_all_that_is_found_with_scripts_and_without(self):
        for scripts in [True, False]:
            with self.subTest(scripts=scripts):
                page, field, _ = self.field(scripts=scripts)
                field.fill("till")
                field.press("Enter")
                page.wait_for_url("**/go?query=till")
                expect(page.locator("#found a").first).to_be_visible()


class PaletteTest(BrowserCase):
    def setUp(self):
        super().setUp()
        page = self.open()
        if page.request.get(f"{self.portal.url}{PALETTE}till").status == 404:
            self.skipTest("/go does not answer yet: the palette has nothing to ask")

    def opened(self, keys="Control+k", **options):
        page = self.open(COMPONENT, **options)
        page.locator("#main").focus()
        page.keyboard.press(keys)
        expect(page.get_by_role("dialog")).to_be_visible()
        expect(page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
        return page

    def chosen(self, page):
        return page.get_by_role("option", selected=True)

    def test_slash_and_control_k_open_it_and_escape_gives_the_focus_back(self):
        for keys in ["/", "Control+k"]:
            with self.subTest(keys=keys):
                page = self.opened(keys)
                expect(page.get_by_role("dialog").get_by_role("combobox")).to_have_value("")
                page.keyboard.press("Escape")
                if page.get_by_role("dialog").count():
                    page.keyboard.press("Escape")
                expect(page.get_by_role("dialog")).to_have_count(0)
                expect(page.locator("#main")).to_be_focused()

    def test_control_k_is_no_single_letter_and_stays(self):
        self.opened(view="nokeys")

    def test_arrows_choose_and_enter_opens(self):
        page = self.opened()
        page.keyboard.type("til")
        expect(page.get_by_role("option").filter(has_text="Till").first).to_be_visible()
        field = page.get_by_role("dialog").get_by_role("combobox")
        expect(self.chosen(page)).to_have_count(1)
        expect(field).to_have_attribute("aria-activedescendant", self.chosen(page).get_attribute("id"))
        expect(field).to_have_attribute("aria-expanded", "true")
        self.assertEqual(page.locator(f"#{field.get_attribute('aria-controls')}").get_attribute("role"), "listbox")
        first = self.chosen(page).get_attribute("id")
        if page.get_by_role("option").count() > 1:
            page.keyboard.press("ArrowDown")
            expect(field).not_to_have_attribute("aria-activedescendant", first)
            page.keyboard.press("ArrowUp")
        expect(field).to_have_attribute("aria-activedescendant", first)
        expect(field).to_be_focused()
        where = self.chosen(page).get_attribute("href")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{self.portal.url}{where}")

    def test_a_slow_answer_to_older_letters_is_not_opened(self):
        page = self.opened()
        expect(self.chosen(page)).to_have_count(1)
        page.route("**/go?query=seat*", lambda route: (page.wait_for_timeout(400), route.continue_()))
        page.keyboard.type("till")
        expect(page.get_by_role("option").filter(has_text="Till").first).to_be_visible()
        field = page.get_by_role("dialog").get_by_role("combobox")
        field.fill("seat keeper")
        page.keyboard.press("Enter")
        page.wait_for_url("**/component/seat-keeper")

    def test_axe_finds_nothing_in_it(self):
        for options in [{}, {"theme": "dark"}, {"size": PHONE}]:
            with self.subTest(**options):
                page = self.opened(**options)
                page.keyboard.type("t")
                expect(self.chosen(page)).to_have_count(1)
                self.assertEqual(axe_violations(page), [])

    def test_the_chosen_one_is_told_in_forced_colours(self):
        page = self.opened(forced_colors="active")
        page.keyboard.type("t")
        expect(page.get_by_role("option").nth(1)).to_be_visible()
        looks = """option => { const { textDecorationLine, outlineStyle, borderStyle, backgroundColor }
            = getComputedStyle(option);
            return [textDecorationLine, outlineStyle, borderStyle, backgroundColor].join(); }"""
        self.assertNotEqual(self.chosen(page).evaluate(looks),
                            page.get_by_role("option", selected=False).first.evaluate(looks))

    def test_where_nothing_is_found_the_search_is_offered(self):
        page = self.opened()
        page.keyboard.type("nothing like this at all")
        expect(page.get_by_role("option")).to_have_count(1)
        expect(page.get_by_role("option")).to_have_text(re.compile("^Look for "))
