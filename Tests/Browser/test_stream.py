"""Open pages are told that there is something newer, and show it when they are asked to."""

from playwright.sync_api import expect

from case import BrowserCase

PATIENCE_MILLISECONDS = 20_000


class StreamTest(BrowserCase):
    def test_a_change_is_offered_and_then_shown(self):
        page = self.open("/catalog?filters[kind]=component&filters[text]=staying")
        bar = page.get_by_role("link", name="The catalog has changed")
        expect(bar).to_be_hidden()
        changed = self.portal.fixture("leaving.yaml").split("---")[0].replace("The neighbour", "A neighbour")
        self.portal.write("leaving.yaml", changed)
        expect(bar).to_be_visible(timeout=PATIENCE_MILLISECONDS)
        bar.click()
        expect(page.get_by_text("A neighbour")).to_be_visible()
        expect(bar).to_be_hidden()
        self.portal.write("leaving.yaml", changed.replace("A neighbour", "The neighbour"))
