"""The portal under test: the built program on a free port, on the example organisation, with nothing kept."""

import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 30
TOKEN = "contract-token-of-a-program"

CONFIG = f"""backend:
  listen: 127.0.0.1:0
  database: {{ client: better-sqlite3, connection: ':memory:' }}
  auth: {{ externalAccess: [{{ type: static, options: {{ token: {TOKEN}, subject: contract }} }}] }}
auth: {{ providers: {{ guest: {{ userEntityRef: user:default/guest }} }} }}
devtools: {{ allow: [user:default/guest] }}
catalog:
  processingInterval: false
  rules: [{{ allow: [Component, API, Resource, System, Domain, Group, User, Location, Template, AiResource] }}]
  locations: [{{ type: file, target: {ROOT}/examples/all.yaml }}]
"""


class Portal:
    """`callboard serve`, from `with` to its end."""

    def __init__(self, program):
        self._program = program
        self._folder = pathlib.Path(tempfile.mkdtemp(prefix="callboard-contract-"))
        self._log = self._folder / "log"
        self._process = None
        self.url = None

    def __enter__(self):
        config = self._folder / "app-config.yaml"
        config.write_text(CONFIG)
        with open(self._log, "wb") as log:
            self._process = subprocess.Popen(
                [self._program, "serve", "--config", str(config)], cwd=self._folder, stdout=log, stderr=log)
        self._wait("listening", self._listens)
        self._wait("in possession of the examples", self._is_filled)
        return self

    def __exit__(self, *_):
        self._process.terminate()
        try:
            self._process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def is_running(self):
        return self._process.poll() is None

    def errors(self):
        """What the log calls an error."""
        return [line for line in self._log.read_text(errors="replace").splitlines() if " error " in line]

    def guest_token(self):
        """The token of somebody who signs in as a guest."""
        headers = {"X-Requested-With": "XMLHttpRequest"}
        answer = self.get("/api/auth/guest/refresh", headers)
        return json.loads(answer)["backstageIdentity"]["token"]

    def get(self, path, headers=None):
        request = urllib.request.Request(self.url + path, headers=headers or {"Authorization": f"Bearer {TOKEN}"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read()

    def _listens(self):
        found = re.search(r"Callboard is at http://\S*:(\d+) ", self._log.read_text(errors="replace"))
        if found:
            self.url = f"http://127.0.0.1:{found.group(1)}"
        return bool(found)

    def _is_filled(self):
        try:
            self.get("/api/catalog/entities/by-name/component/default/prompt-book")
            return True
        except urllib.error.HTTPError:
            return False

    def _wait(self, what, holds):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline and self.is_running:
            if holds():
                return
            time.sleep(0.05)
        raise RuntimeError(f"The portal was not {what} within {PATIENCE_SECONDS} s; its log:\n{self._log.read_text()}")
