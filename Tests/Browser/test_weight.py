"""How much a first visit costs."""

import gzip

from case import CATALOG, COMPONENT, BrowserCase

MOST_BYTES = 60_000
MOST_REQUESTS = 8
MOST_SCRIPT_BYTES = 10_000


class WeightTest(BrowserCase):
    def test_a_cold_page_is_light(self):
        for path in [CATALOG, COMPONENT]:
            with self.subTest(page=path):
                page = self.open()
                sizes = []
                network = page.context.new_cdp_session(page)
                network.send("Network.enable")
                network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
                page.goto(path, wait_until="networkidle")
                self.assertGreaterEqual(len(sizes), 3)
                self.assertLessEqual(len(page.watch.requests), MOST_REQUESTS)
                self.assertLess(sum(sizes), MOST_BYTES)

    def test_scripts_are_small(self):
        page = self.open(CATALOG)
        scripts = page.evaluate("[...document.scripts].map(script => script.src)")
        sizes = [len(gzip.compress(page.request.get(script).body())) for script in scripts]
        self.assertLessEqual(sum(sizes), MOST_SCRIPT_BYTES)
        self.assertEqual(page.evaluate("document.querySelectorAll('[style], style, script:not([src])').length"), 0)
