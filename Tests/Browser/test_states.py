"""What pages say when something is wrong, and that words from files stay words."""

from playwright.sync_api import expect

from browser import PHONE
from case import BrowserCase


class StatesTest(BrowserCase):
    def test_an_error_is_named_with_its_place(self):
        page = self.open("/catalog/default/component/failing")
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("the last good one is shown")
        expect(alert).to_contain_text("line 3, column 1")

    def test_an_orphan_says_so(self):
        page = self.open("/catalog/default/component/leaving")
        expect(page.get_by_text("No file declares this entity any more")).to_be_visible()

    def test_an_orphan_can_be_deleted_by_who_may(self):
        page = self.open("/catalog/default/component/leaving", scripts=False)
        page.get_by_role("button", name="More").click()
        expect(page.get_by_role("button", name="Delete")).to_be_visible()
        page.goto("/catalog/default/component/seat-keeper")
        page.get_by_role("button", name="More").click()
        expect(page.get_by_role("button", name="Refresh")).to_be_visible()
        expect(page.get_by_role("button", name="Delete")).to_have_count(0)

    def test_a_conflict_names_the_other_file(self):
        page = self.open("/catalog/default/component/twice")
        expect(page.get_by_text("More than one file declares it")).to_be_visible()
        expect(page.get_by_text("second.yaml")).to_be_visible()

    def test_relations_to_nothing_are_named(self):
        page = self.open("/catalog/default/component/hostile")
        expect(page.get_by_text("Relations lead to nothing")).to_be_visible()
        expect(page.locator("main").get_by_text("resource:default/gone", exact=True)).to_be_visible()

    def test_rows_with_trouble_are_marked(self):
        page = self.open("/catalog?filters[processing]=error")
        expect(page.get_by_role("row").filter(has_text="Failing").get_by_role("img", name="Has errors")).to_be_visible()
        page.goto("/catalog?filters[processing]=orphan")
        expect(page.get_by_role("row").filter(has_text="Leaving").get_by_role("img", name="Orphaned")).to_be_visible()

    def test_an_unknown_entity_offers_what_was_meant(self):
        page = self.open()
        answer = page.goto("/catalog/default/component/seat-keeeper")
        self.assertEqual(answer.status, 404)
        page.get_by_role("main").get_by_role("link", name="Seat Keeper").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Seat Keeper")

    def test_a_deleted_entity_says_when_and_leads_to_its_history(self):
        page = self.open()
        self.assertEqual(page.goto("/catalog/default/component/gone").status, 404)
        expect(page.get_by_role("heading", level=1)).to_have_text("Gone was deleted")
        expect(page.get_by_role("main").locator("time")).to_be_visible()
        expect(page.get_by_role("main").get_by_role("link", name="Guest")).to_be_visible()
        page.get_by_role("link", name="Show its history").click()
        expect(page.get_by_role("listitem").filter(has_text="Created")).to_be_visible()

    def test_a_title_without_end_leaves_room_for_the_page(self):
        page = self.open("/catalog/default/component/unbroken", size=PHONE)
        self.assertLess(page.get_by_role("heading", level=1).bounding_box()["height"], PHONE["height"] / 2)

    def test_words_from_right_to_left_turn_nothing_around_them(self):
        page = self.open("/catalog/default/component/every-script")
        link = page.get_by_role("main").locator(".rows a").first
        self.assertEqual(link.evaluate("link => getComputedStyle(link).unicodeBidi"), "isolate")
        text = page.locator(".prose").first
        self.assertEqual(text.evaluate("text => getComputedStyle(text).unicodeBidi"), "plaintext")

    def test_a_location_that_leads_nowhere_does_not_bury_its_page(self):
        page = self.open("/catalog/default/location/leads-nowhere")
        page.get_by_text("36 more").click()
        expect(page.get_by_role("alert")).to_contain_text("nothing-39.yaml")

    def test_an_unknown_part_of_an_entity_leads_to_the_entity(self):
        page = self.open()
        self.assertEqual(page.goto("/catalog/default/component/seat-keeper/nothing").status, 404)
        page.get_by_role("link", name="Show its overview").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Seat Keeper")

    def test_an_unknown_filter_is_named_and_goes_with_the_next_step(self):
        page = self.open("/catalog?filters[nope]=x")
        expect(page.get_by_role("status").filter(has_text="filters[nope]")).to_contain_text("filter by kind, text")
        page.get_by_role("link", name="Type", exact=True).click()
        expect(page.get_by_role("columnheader", name="Type")).to_have_attribute("aria-sort", "ascending")
        expect(page.get_by_text("is not understood")).to_have_count(0)

    def test_a_cut_cursor_leads_to_the_first_page(self):
        page = self.open()
        self.assertEqual(page.goto("/catalog?filters[kind]=component&cursor=cut").status, 400)
        page.get_by_role("link", name="Begin with the first page").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Catalog")

    def test_rows_show_no_marks(self):
        page = self.open("/catalog?filters[text]=marked")
        expect(page.get_by_text("Prints programmes and posters, see the handbook for print.yaml.")).to_be_visible()
        page.goto("/catalog/default/component/marked")
        expect(page.get_by_text("Cuts paper for Marked")).to_be_visible()
        expect(page.get_by_role("link", name="the handbook")).to_be_visible()

    def test_what_is_cut_in_a_table_says_so(self):
        page = self.open("/catalog?filters[text]=longest-name", size={"width": 1440, "height": 900})
        word = page.get_by_role("cell").get_by_text("a-lifecycle-of-its-own")
        expect(word).to_have_css("text-overflow", "ellipsis")
        inside = """e => { const cell = e.closest("td").getBoundingClientRect();
            return e.getBoundingClientRect().right <= cell.right; }"""
        self.assertTrue(word.evaluate(inside))
        expect(page.get_by_role("columnheader", name="Tags")).to_be_visible()

    def test_tables_fit_between_a_phone_and_a_desk(self):
        page = self.open()
        over = "e => e.scrollWidth - e.clientWidth"
        for path in ["/catalog", "/catalog?filters[kind]=all&limit=50"]:
            for width in [700, 870, 1024, 1120, 1265, 1440]:
                with self.subTest(page=path, width=width):
                    page.set_viewport_size({"width": width, "height": 800})
                    page.goto(path)
                    self.assertLessEqual(page.locator(".scroll").evaluate(over), 0)

    def test_an_unknown_page_leads_on(self):
        page = self.open()
        self.assertEqual(page.goto("/nowhere").status, 404)
        expect(page.get_by_text("There is nothing at /nowhere.", exact=True)).to_be_visible()
        expect(page.get_by_role("navigation", name="Main")).to_be_visible()
        page.get_by_role("link", name="Go to the catalog").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Catalog")

    def test_a_form_from_elsewhere_is_refused_with_its_reason(self):
        page = self.open(signed_in=False)
        page.goto("about:blank")
        page.set_content(f'<form method="post" action="{self.portal.url}/sign-in/guest"><button>Go</button></form>')
        with page.expect_navigation() as navigation:
            page.get_by_role("button").click()
        self.assertEqual(navigation.value.status, 403)
        expect(page.get_by_text("This form was sent from another site.")).to_be_visible()
        # Nobody can grant what no permission is asked for.
        expect(page.get_by_text("can grant the permission")).to_have_count(0)

    def test_markup_in_fields_is_shown_not_run(self):
        hostile = "/catalog/default/component/hostile"
        self.assertEqual(self.open(hostile).get_by_role("link", name="View source").count(), 0)
        for path in [hostile, f"{hostile}/inspect", f"{hostile}/history", "/catalog"]:
            page = self.open(path)
            self.assertNotIn(page.title(), ["taken", "1"])
            self.assertEqual(page.locator("main script, main img, main em, main main").count(), 0)
            self.assertEqual(page.locator('[href^="javascript"], [onerror]').count(), 0)
        page = self.open(hostile)
        expect(page.get_by_role("heading", level=1)).to_have_text('<script>document.title = "taken"</script><b>bold</b>')
        expect(page.get_by_role("link", name="<u>Safe</u>")).to_have_attribute("href", "https://safe.example/?a=1&b=<c>")
