"""Debian's Chromium, driven by Playwright, with a watch on everything that a page must not do."""

import importlib.util
import os
import pathlib

from playwright.sync_api import sync_playwright

from portal import BLIND_TOKEN

CHROMIUM = os.environ.get("CALLBOARD_CHROMIUM", "/usr/bin/chromium-headless-shell")
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Says aloud what the policy stops, also where the browser itself is silent.
_TELL_VIOLATIONS = """addEventListener("securitypolicyviolation", (event) =>
    console.error(`policy: ${event.effectiveDirective} stops ${event.blockedURI} at ${event.sourceFile}`));"""


class Browser:
    """One browser for a run; each test opens pages in contexts of its own."""

    def __init__(self, portal):
        self.portal = portal
        self._playwright = sync_playwright().start()
        self._chromium = self._playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        self._session = None

    def close(self):
        self._chromium.close()
        self._playwright.stop()

    def open(self, signed_in=True, scripts=True, theme="light", size=DESKTOP, forced_colors=None, token=None,
             view=None):
        """A page in a context of its own, watched; `view` is what the cookie of preferences holds."""
        state = self.session() if signed_in and token is None else None
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        context = self._chromium.new_context(
            base_url=self.portal.url, java_script_enabled=scripts, color_scheme=theme, viewport=size,
            storage_state=state, reduced_motion="reduce", forced_colors=forced_colors, locale="en",
            extra_http_headers=headers)
        if view is not None:
            context.add_cookies([{"name": "callboard-view", "value": view, "url": self.portal.url}])
        if scripts:
            context.add_init_script(_TELL_VIOLATIONS)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.watch = Watch(page, self.portal.url)
        return page

    def visit(self, page, **options):
        """A page of the list, loaded as whoever it is for."""
        token = BLIND_TOKEN if page.who == "blind" else None
        opened = self.open(signed_in=page.who == "guest", token=token, **options)
        opened.goto(page.path)
        return opened

    def print_file(self, file, picture):
        """A picture of a page on the disk."""
        page = self._chromium.new_page(viewport={"width": 2000, "height": 800})
        page.goto(file.as_uri())
        page.screenshot(path=picture, full_page=True)
        page.close()

    def session(self):
        """The cookies of a guest who signed in once for all tests."""
        if self._session is None:
            page = self.open(signed_in=False)
            page.goto("/sign-in")
            page.get_by_role("button", name="Guest").click()
            page.wait_for_url(lambda url: "/sign-in" not in url)
            self._session = page.context.storage_state()
            page.context.close()
        return self._session


class Watch:
    """What a page did that none may do: errors, policy violations, requests to elsewhere."""

    def __init__(self, page, home):
        self.faults = []
        self.requests = []
        self._home = home
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)

    def _console(self, message):
        is_status = message.text.startswith("Failed to load resource: the server responded with a status of")
        if message.type in ("error", "warning") and not is_status:
            self.faults.append(f"{message.type}: {message.text}")

    def _failed(self, request):
        # A person who moves on while a page loads makes the browser give up what it still asked for: no fault of the
        # page. What a policy, the server or the network stops has other names.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url} {request.failure}")

    def _request(self, request):
        self.requests.append(request.url)
        if not request.url.startswith(self._home) and not request.url.startswith("data:"):
            self.faults.append(f"request to elsewhere: {request.url}")


def axe_violations(page):
    """What axe-core finds, one line each with the elements."""
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(axe_source())
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", AXE_RULES)
    return axe_lines(found)


def axe_lines(found):
    return [
        f"{fault['id']} ({fault['impact']}): {fault['help']}: " + "; ".join(
            f"{' '.join(map(str, node['target']))}: {node['html'][:160]}" for node in fault["nodes"][:5])
        for fault in found["violations"]
    ]


def axe_source():
    package = importlib.util.find_spec("axe_playwright_python")
    return (pathlib.Path(package.origin).parent / "axe.min.js").read_text()
