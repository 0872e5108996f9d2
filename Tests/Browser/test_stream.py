"""Open pages are told that there is something newer, and show it when they are asked to."""

from playwright.sync_api import expect

from case import BrowserCase

PATIENCE_MILLISECONDS = 20_000


class StreamTest(BrowserCase):
    def test_a_change_is_offered_and_then_shown(self):
        name = "stream.yaml"
        page = self.open("/catalog?filters[kind]=component&filters[text]=staying")
        bar = page.get_by_role("link", name="The catalog has changed")
        expect(bar).to_be_hidden()
        text = self.portal.fixture("staying.yaml") if (self.portal.files / "staying.yaml").exists() else None
        page.wait_for_timeout(4_000)
        self.portal.write("failing.yaml", self.portal.fixture("failing.yaml").replace("bad", "worse"))
        expect(bar).to_be_visible(timeout=PATIENCE_MILLISECONDS)
        bar.click()
        expect(bar).to_be_hidden()
