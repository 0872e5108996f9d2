"""Registering an address and taking it out again, with scripts and without."""

from playwright.sync_api import expect

from browser import PHONE, axe_violations
from case import BrowserCase
from portal import BLIND_TOKEN

OFFERED = """apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: NAME, title: Offered }
spec: { type: service, lifecycle: production, owner: stage }
"""
BROKEN = OFFERED + """---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: broken, tags: [No Tag] }
spec: { type: service, lifecycle: production, owner: stage }
"""


class LocationsTest(BrowserCase):
    def offer(self, name, text=OFFERED):
        self.portal.write(f"{name}.yaml", text.replace("NAME", name))
        return self.portal.address(f"{name}.yaml")

    def walk(self, page, name):
        """From the catalog to a registered address, and back."""
        address = self.offer(name)
        page.goto("/catalog")
        page.get_by_role("link", name="Register existing").click()
        page.get_by_label("URL").fill(address)
        page.keyboard.press("Enter")
        expect(page.get_by_role("row").filter(has_text=f"component:default/{name}")).to_contain_text("New")
        self.assertEqual(axe_violations(page), [])
        page.get_by_role("button", name="Register", exact=True).click()
        expect(page.get_by_role("status").filter(has_text="Registered")).to_be_visible()
        self.assertEqual(axe_violations(page), [])
        page.goto(f"/catalog/default/component/{name}")
        page.get_by_role("link", name="Show the location").click()
        page.get_by_role("button", name="More").click()
        page.get_by_role("link", name="Unregister location").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Unregister this location?")
        expect(page.get_by_role("main").get_by_role("link", name="Offered", exact=True)).to_be_visible()
        self.assertEqual(axe_violations(page), [])
        page.get_by_role("button", name="Unregister").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("The location is unregistered.")).to_be_visible()
        self.assertEqual(page.goto(f"/catalog/default/component/{name}").status, 404)

    def test_an_address_goes_in_and_out(self):
        self.walk(self.open(), "offered")

    def test_it_does_on_a_phone_in_the_dark(self):
        self.walk(self.open(theme="dark", size=PHONE), "offered-small")

    def test_it_does_without_scripts(self):
        page = self.open(scripts=False)
        page.goto("/catalog-import")
        page.get_by_label("URL").fill(self.offer("offered-plain"))
        page.get_by_role("button", name="Analyze").click()
        page.get_by_role("button", name="Register", exact=True).click()
        expect(page.get_by_text("Registered", exact=True)).to_be_visible()
        page.get_by_role("link", name="Unregister http").first.click()
        page.get_by_role("button", name="Unregister").click()
        expect(page.get_by_text("The location is unregistered.")).to_be_visible()

    def test_what_is_wrong_is_told_with_its_place_before_anything_is_registered(self):
        page = self.open()
        page.goto(f"/catalog-import?url={self.offer('half-broken', BROKEN)}")
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("metadata.tags.0")
        expect(alert).to_contain_text("half-broken.yaml, line 8, column")
        expect(page.get_by_role("row").filter(has_text="component:default/half-broken")).to_be_visible()
        expect(page.get_by_role("button", name="Register anyway")).to_be_visible()
        self.assertEqual(axe_violations(page), [])
        page.goto("/catalog-import")
        expect(page.get_by_text("half-broken")).to_have_count(0)

    def test_a_refused_address_is_told_at_its_field(self):
        page = self.open("/catalog-import?url=nothing")
        field = page.get_by_label("URL")
        expect(field).to_have_accessible_description("The target nothing is no http or https URL. "
            "The file itself, not the page of a source host about it. Nothing is registered before you have seen what "
            "is in it.")

    def test_whoever_may_read_nothing_is_told_who_can_change_it(self):
        for theme, size in [("light", None), ("dark", None), ("dark", PHONE)]:
            page = self.open(token=BLIND_TOKEN, theme=theme, **({"size": size} if size else {}))
            page.goto("/catalog")
            expect(page.get_by_text("Whoever runs this portal can grant it")).to_be_visible()
            expect(page.get_by_role("link", name="Register existing")).to_have_count(0)
            self.assertEqual(axe_violations(page), [])
            self.assertEqual(page.goto("/catalog-import").status, 403)
            expect(page.get_by_text("catalog.location.create")).to_be_visible()
            self.assertEqual(axe_violations(page), [])

    def test_on_a_phone_type_and_lifecycle_share_a_line(self):
        for width in [320, 360, 390, 430]:
            page = self.open("/catalog", size={"width": width, "height": 800})
            apart = page.evaluate("""() => [...document.querySelectorAll("tbody tr")].filter(row => {
                const cell = row.querySelector("td:has(.state)"), type = cell.previousElementSibling;
                if (type.textContent.length > 12 || cell.textContent.length > 14) return false;
                return Math.abs(cell.getBoundingClientRect().top - type.getBoundingClientRect().top) > 4;
            }).map(row => row.textContent)""")
            self.assertEqual(apart, [], f"at {width} px")
