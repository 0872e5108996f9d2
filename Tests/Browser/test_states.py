"""What pages say when something is wrong, and that words from files stay words."""

from playwright.sync_api import expect

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

    def test_a_conflict_names_the_other_file(self):
        page = self.open("/catalog/default/component/twice")
        expect(page.get_by_text("More than one file declares it")).to_be_visible()
        expect(page.get_by_text("second.yaml")).to_be_visible()

    def test_relations_to_nothing_are_named(self):
        page = self.open("/catalog/default/component/hostile")
        expect(page.get_by_text("Relations lead to nothing")).to_be_visible()
        expect(page.locator("main").get_by_text("resource:default/gone")).to_be_visible()

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

    def test_an_unknown_page_leads_on(self):
        page = self.open()
        self.assertEqual(page.goto("/nowhere").status, 404)
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

    def test_markup_in_fields_is_shown_not_run(self):
        hostile = "/catalog/default/component/hostile"
        for path in [hostile, f"{hostile}/inspect", f"{hostile}/history", "/catalog"]:
            page = self.open(path)
            self.assertNotIn(page.title(), ["taken", "1"])
            self.assertEqual(page.locator("main script, main img, main em, main main").count(), 0)
            self.assertEqual(page.locator('[href^="javascript"], [onerror]').count(), 0)
        page = self.open(hostile)
        expect(page.get_by_role("heading", level=1)).to_have_text('<script>document.title = "taken"</script><b>bold</b>')
        expect(page.get_by_role("link", name="<u>Safe</u>")).to_have_attribute("href", "https://safe.example/?a=1&b=<c>")
