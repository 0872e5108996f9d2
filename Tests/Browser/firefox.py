"""Debian's Firefox, driven by WebDriver BiDi over a socket: there is no geckodriver in Debian, and none is needed."""

import itertools
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

import websocket

from browser import AXE_RULES, axe_lines, axe_source

PROGRAM = os.environ.get("CALLBOARD_FIREFOX", "/usr/bin/firefox-esr")
PATIENCE_SECONDS = 30
LOOK_SECONDS = 0.03
# No first pages, no calls home.
PREFERENCES = {
    "browser.shell.checkDefaultBrowser": False, "browser.startup.page": 0, "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False, "app.normandy.enabled": False, "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False, "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False, "extensions.update.enabled": False, "intl.accept_languages": "en",
    "ui.prefersReducedMotion": 1, "services.settings.server": "data:,", "toolkit.telemetry.reportingpolicy.firstRun": False,
}
_TELL_VIOLATIONS = """() => { globalThis.violations = [];
    addEventListener("securitypolicyviolation", (event) =>
        violations.push(`policy: ${event.effectiveDirective} stops ${event.blockedURI}`)); }"""
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c", "Control": "\ue009", "ArrowDown": "\ue015"}


class Firefox:
    """One browser with one window. What it complained of is in `faults`."""

    def __init__(self, home):
        self.home = home
        self.faults = []
        self._numbers = itertools.count(1)
        self._profile = pathlib.Path(tempfile.mkdtemp(prefix="callboard-firefox-"))
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
        (self._profile / "user.js").write_text("\n".join(lines))
        self._log = self._profile / "log.txt"
        with open(self._log, "wb") as log:
            self._process = subprocess.Popen(
                [PROGRAM, "--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", str(self._profile)],
                stdout=log, stderr=log, env=os.environ | {"HOME": str(self._profile), "MOZ_CRASHREPORTER_DISABLE": "1"})
        try:
            self._connect()
        except BaseException:
            self.close()
            raise

    def close(self):
        self._process.terminate()
        try:
            self._process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._profile, ignore_errors=True)

    def goto(self, path):
        self._note_violations()
        self._send("browsingContext.navigate", context=self._window, url=self.home + path, wait="complete")

    def resize(self, width, height):
        self._send("browsingContext.setViewport", context=self._window, viewport={"width": width, "height": height})

    def ask(self, expression):
        """The value of an expression of JavaScript, or of what it promises."""
        answer = self._send("script.evaluate", expression=f"(async () => JSON.stringify(await ({expression})))()",
                            target={"context": self._window}, awaitPromise=True, userActivation=True)
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"].get("value") or "null")

    def wait_for(self, expression):
        """Until the expression is true; it says which one was not. A page that is leaving cannot be asked."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                if self.ask(f"Boolean({expression})"):
                    return
            except RuntimeError:
                pass
            time.sleep(LOOK_SECONDS)
        raise AssertionError(f"not within {PATIENCE_SECONDS} s in Firefox: {expression}")

    def click(self, selector, text=None):
        """Presses the mouse on the middle of the first element that is seen and has the text."""
        look = f"""[...document.querySelectorAll({json.dumps(selector)})].find(one => one.checkVisibility()
            && (!{json.dumps(text)} || one.textContent.includes({json.dumps(text)})))"""
        self.wait_for(look)
        x, y = self.ask(f"""(() => {{ const one = {look}; one.scrollIntoView({{ block: "center" }});
            const {{ x, y, width, height }} = one.getBoundingClientRect();
            return [Math.round(x + width / 2), Math.round(y + height / 2)]; }})()""")
        self._act("pointer", [{"type": "pointerMove", "x": x, "y": y}, {"type": "pointerDown", "button": 0},
                              {"type": "pointerUp", "button": 0}])

    def press(self, *keys):
        """Keys by name or letter; all are held until the last is down."""
        held = [KEYS.get(key, key) for key in keys]
        self._act("key", [{"type": "keyDown", "value": key} for key in held]
                  + [{"type": "keyUp", "value": key} for key in reversed(held)])

    def type(self, text):
        for letter in text:
            self.press(letter)

    def axe_violations(self):
        self._send("script.evaluate", expression=axe_source(), target={"context": self._window}, awaitPromise=False)
        return axe_lines(self.ask(f"""axe.run(document, {{ runOnly: {{ type: "tag", values: {json.dumps(AXE_RULES)} }},
            resultTypes: ["violations"] }}).then(({{ violations }}) => ({{ violations }}))"""))

    def settled_faults(self):
        self._note_violations()
        return self.faults

    def _note_violations(self):
        self.faults += self.ask("globalThis.violations?.splice(0) ?? []")

    def _act(self, kind, actions):
        self._send("input.performActions", context=self._window,
                   actions=[{"type": kind, "id": kind, "actions": actions}])

    def _connect(self):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (found := re.search(r"listening on (ws://\S+)", self._log.read_text(errors="replace"))):
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise RuntimeError(f"Firefox does not listen; its log:\n{self._log.read_text(errors='replace')}")
            time.sleep(LOOK_SECONDS)
        self._socket = websocket.create_connection(
            f"{found.group(1)}/session", timeout=PATIENCE_SECONDS, suppress_origin=True)
        self._send("session.new", capabilities={})
        self._send("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        self._send("script.addPreloadScript", functionDeclaration=_TELL_VIOLATIONS)
        self._window = self._send("browsingContext.create", type="tab")["context"]
        self.resize(1440, 900)

    def _send(self, method, **parameters):
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get("type") == "event":
                self._hear(message["method"], message["params"])
            elif message.get("id") == number:
                if message.get("type") == "error":
                    raise RuntimeError(f"{method}: {message['error']}: {message['message']}")
                return message["result"]

    def _hear(self, method, event):
        if method == "log.entryAdded" and event["level"] in ("error", "warn"):
            self.faults.append(f"{event['level']}: {event.get('text')}")
        if method == "network.beforeRequestSent":
            url = event["request"]["url"]
            if not url.startswith((self.home, "data:", "about:")):
                self.faults.append(f"request to elsewhere: {url}")
