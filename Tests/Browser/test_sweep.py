"""That everybody can use every page, in every way: each test is one view of the one walk through all pages."""

import screenshots
from case import CATALOG, BrowserCase
from sweep import checks_source, sweep


class SweepTest(BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.faults = sweep(cls.portal)
        screenshots.make_sheets(cls.browser)

    def nothing(self, check):
        self.assertIn(check, self.faults, "nobody looked")
        if found := self.faults[check]:
            self.fail(f"{len(found)} faults\n" + "\n".join(found))

    def test_axe_finds_nothing_in_the_light(self):
        self.nothing("axe in the light")

    def test_axe_finds_nothing_in_the_dark(self):
        self.nothing("axe in the dark")

    def test_axe_finds_nothing_on_a_phone(self):
        self.nothing("axe on a phone")

    def test_axe_finds_nothing_in_forced_colours(self):
        self.nothing("axe in forced colours")

    def test_pages_have_one_heading_landmarks_titles_and_a_language(self):
        self.nothing("structure")

    def test_nothing_is_wider_than_the_screen(self):
        self.nothing("width")

    def test_the_bar_is_at_the_top(self):
        self.nothing("frame")

    def test_what_can_be_pressed_is_large_enough_or_has_room_around_it(self):
        self.nothing("targets")

    def test_the_focus_is_always_seen_and_never_hidden(self):
        self.nothing("focus")

    def test_wider_text_loses_nothing(self):
        self.nothing("text spacing")

    def test_four_hundred_percent_lose_nothing(self):
        self.nothing("zoom")

    def test_nothing_moves_where_less_motion_is_wished(self):
        self.nothing("reduced motion")

    def test_states_are_told_in_forced_colours(self):
        self.nothing("forced colours")

    def test_pages_say_the_same_without_scripts(self):
        self.nothing("without scripts")

    def test_no_page_complains_or_breaks_the_policy(self):
        self.nothing("complaints")


PLANTED = """<!doctype html><html lang="fr"><head><title>Alone</title></head><body>
    <header class="top">Low</header><h1>One</h1><h1>Two</h1><main><h3 id="a">Skips</h3><p id="a" style="width: 3000px">Wide</p>
    <button style="width: 9px; height: 9px; padding: 0; margin: 0">a</button><button
    style="width: 9px; height: 9px; padding: 0; margin: 0">b</button>
    <button style="outline: 0">Unseen focus</button> <a href="#x" id="under">Under</a>
    <div style="position: fixed; inset: 0 0 40% 0; z-index: 9; pointer-events: auto"></div>
    <p style="transition: color 1s">Slow</p>
    <div style="inline-size: 90px; block-size: 1.1em; line-height: 1; overflow: hidden; white-space: nowrap">Just fits it</div>
    <nav><a href="#y" aria-current="page">Here</a> <a href="#z">There</a></nav>
    <i style="display: block; width: 9px; height: 9px; background: red"></i></main></body></html>"""


class ChecksTest(BrowserCase):
    """A check that finds nothing on a page full of faults would be no proof."""

    def test_checks_find_what_is_planted(self):
        page = self.open(signed_in=False)
        page.set_content(PLANTED)
        page.evaluate(checks_source())
        page.evaluate("checks.paint()")
        page.emulate_media(reduced_motion="reduce", forced_colors="active")
        expected = {"language": "en", "organization": "The House", "isLone": True}
        for check, argument, signs in [
            ("structure", expected, ["lang is", "2 h1", "skips a level", "no parts", "organisation", "there twice"]),
            ("overflow", None, ["px too wide"]),
            ("frame", None, ["below the top"]),
            ("targets", 24, ["9x9"]),
            ("focus", None, ["is not seen", "is hidden"]),
            ("textSpacing", None, ["cut off"]),
            ("zoom", None, ["covers"]),
            ("motion", None, ["moves"]),
            ("forced", None, ["not told from others", "only a ground"]),
        ]:
            found = "\n".join(page.evaluate("([check, argument]) => checks[check](argument)", [check, argument]))
            for sign in signs:
                with self.subTest(check=check, sign=sign):
                    self.assertIn(sign, found)

    def test_what_the_policy_stops_would_be_told(self):
        page = self.open(CATALOG)
        page.evaluate("document.body.append(Object.assign(document.createElement('style'), { textContent: 'p{}' }))")
        page.evaluate("new Promise(requestAnimationFrame)")
        self.assertIn("policy: style-src", "\n".join(page.watch.faults))
        page.watch.faults.clear()
