"""What changed in the catalog, with scripts and without."""

import re

from playwright.sync_api import expect

from case import BrowserCase

PATIENCE_MILLISECONDS = 20_000


class ChangesTest(BrowserCase):
    def entries(self, page):
        return page.get_by_role("main").locator(".timeline > li")

    def test_the_rail_leads_there_and_filters_apply_at_once(self):
        page = self.open("/catalog")
        page.get_by_role("navigation", name="Main").get_by_role("link", name="Changes").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Changes")
        expect(page.get_by_role("main").get_by_role("heading", level=2).first).to_contain_text("Today")
        page.get_by_label("Change", exact=True).select_option("deleted")
        expect(page).to_have_url(re.compile("type=deleted"))
        expect(self.entries(page).filter(has_text="Created")).to_have_count(0)
        expect(self.entries(page).filter(has_text="Gone")).to_have_count(1)
        page.get_by_label("Remove the filter Change: Deleted").click()
        expect(page).not_to_have_url(re.compile("type="))

    def test_the_same_without_scripts_page_by_page(self):
        page = self.open("/changes", scripts=False)
        page.get_by_label("Kind").select_option("component")
        page.get_by_role("button", name="Apply").click()
        expect(page.get_by_label("Remove the filter Kind: Component")).to_be_visible()
        first = self.entries(page).all_inner_texts()
        self.assertEqual(len(first), 25)
        page.get_by_role("link", name="Next").click()
        expect(page.get_by_role("link", name="Back to the newest")).to_be_visible()
        self.assertNotEqual(self.entries(page).all_inner_texts(), first)
        page.get_by_role("link", name="Back to the newest").click()
        self.assertEqual(self.entries(page).all_inner_texts(), first)

    def test_entities_teams_and_systems_lead_to_their_changes(self):
        page = self.open("/catalog/default/component/seat-keeper/history")
        page.get_by_role("link", name="Among all changes").click()
        expect(page.get_by_label("Remove the filter Entity: Seat Keeper")).to_be_visible()
        page.goto("/catalog/default/group/front-of-house")
        page.get_by_role("main").get_by_role("link", name="Changes of what it owns").first.click()
        expect(page.get_by_label("Remove the filter Team: Front of House")).to_be_visible()
        expect(self.entries(page).first).to_be_visible()
        page.goto("/catalog/default/system/box-office")
        page.get_by_role("button", name="More").click()
        page.get_by_role("link", name="Changes of its parts").click()
        expect(page.get_by_label("Remove the filter System: Box Office")).to_be_visible()

    def test_a_change_is_offered_and_unfolds_by_the_keyboard(self):
        page = self.open("/changes?entity=component:staying")
        bar = page.get_by_role("link", name="The catalog has changed")
        expect(bar).to_be_hidden()
        before = self.portal.fixture("leaving.yaml").split("---")[0]
        self.portal.write("leaving.yaml", before.replace("The neighbour", "The kind neighbour"))
        expect(bar).to_be_visible(timeout=PATIENCE_MILLISECONDS)
        bar.click()
        fold = self.entries(page).first.locator("summary")
        expect(fold).to_have_text("Changed: metadata.description")
        expect(page.get_by_text("The kind neighbour")).to_be_hidden()
        fold.focus()
        page.keyboard.press("Enter")
        expect(page.locator("ins", has_text="The kind neighbour")).to_be_visible()
        self.portal.write("leaving.yaml", before)
