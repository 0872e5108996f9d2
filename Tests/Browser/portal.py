"""The portal under test: the built program on a free port, with data and catalog files of its own."""

import functools
import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "Tests" / "Fixtures" / "Browser"
PROGRAM = pathlib.Path(os.environ.get("CALLBOARD_PROGRAM", ROOT / ".build" / "debug" / "callboard"))
PATIENCE_SECONDS = 30
ORGANIZATION = "The House Company"
# Who signs in with a press; an operator.
GUEST = "user:default/guest"
# Of a program that may read no entity: what a denied person sees.
BLIND_TOKEN = "a-token-that-reads-no-entity"


class QuietFiles(http.server.SimpleHTTPRequestHandler):
    """Serves the catalog files, and tells nobody."""

    def log_message(self, *arguments):
        pass


class Portal:
    """Runs `callboard serve`; every file that it reads or writes beside the examples is in a temporary folder."""

    def __init__(self, with_fixtures=True, is_empty=False, config=None):
        """`config` is a file instead of the example's."""
        self._config = config
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="callboard-browser-"))
        self.files = self.folder / "catalog"
        self.files.mkdir()
        self.log = self.folder / "log.txt"
        self._is_empty = is_empty
        self._locations = [] if is_empty else [{"type": "file", "target": str(ROOT / "examples" / "all.yaml")}]
        if with_fixtures:
            for file in FIXTURES.glob("*.yaml"):
                shutil.copy(file, self.files)
            self._locations.append({"type": "file", "target": str(self.files / "all.yaml")})
        self._with_fixtures = with_fixtures
        self._host = None
        self._process = None
        self._token = None
        self.url = None

    def start(self):
        if not PROGRAM.exists():
            raise RuntimeError(f"{PROGRAM} is not built; run: swift build --product callboard")
        self._host = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(QuietFiles, directory=self.files))
        threading.Thread(target=self._host.serve_forever, daemon=True).start()
        with open(self.log, "wb") as log:
            self._process = subprocess.Popen(
                [str(PROGRAM), "serve", *(["--config", str(self._config)] if self._config else [])], cwd=ROOT, stdout=log, stderr=log, env=self._environment())
        self.url = f"http://127.0.0.1:{self._wait('listening', self._port)}"
        self._wait("ready", lambda: self._answers("/.backstage/health/v1/readiness"))
        return self

    def settle(self):
        """Waits for the whole catalog; then lets files change so that their entities have something to say."""
        if self._is_empty:
            return self
        self._wait("in possession of the examples", lambda: self._knows("component:default/prompt-book"))
        if self._with_fixtures:
            for name in ["staying", "leaving", "failing", "twice", "marked-too", "gone", "refused", "much"]:
                self._wait(f"in possession of {name}", lambda: self._knows(f"component:default/{name}"))
            self.write("failing.yaml", self.fixture("failing.yaml").replace("kind: Component", "kind: Component\n\tbad"))
            self.write("refused.yaml", self.fixture("refused.yaml").replace("title:", "tags: [No Tag], title:"))
            self.write("leaving.yaml", self.fixture("leaving.yaml").split("---")[0])
            self._wait("told of the error", lambda: "items" in self._entity("component:default/failing"))
            self._wait("told of the orphan", lambda: "io/orphan" in self._entity("component:default/leaving"))
            self._wait("told of the refusal", lambda: "metadata.tags.0" in self._entity("component:default/refused"))
            self._wait("told of the conflict", lambda: "ConflictError" in self._entity("component:default/twice"))
            self._delete("gone")
        return self

    def _delete(self, name):
        """Changes an entity, makes it vanish from its file, and then deletes the orphan."""
        reference = f"component:default/{name}"
        self.write(f"{name}.yaml", self.fixture(f"{name}.yaml").replace("deletes it", "will delete it"))
        self._wait(f"told of the change of {name}", lambda: "will delete it" in self._entity(reference))
        uid = json.loads(self._entity(reference))["metadata"]["uid"]
        self.write(f"{name}.yaml", "# Nothing is declared here.\n")
        self._wait(f"told that {name} is an orphan", lambda: "io/orphan" in self._entity(reference))
        self._get(f"/api/catalog/entities/by-uid/{uid}", method="DELETE")
        self._wait(f"without {name}", lambda: not self._knows(reference))

    def stop(self):
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        if self._host is not None:
            self._host.shutdown()
            self._host.server_close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def write(self, name, text):
        """Replaces a catalog file in one step, so that no half of it is read."""
        part = self.files / f".{name}.part"
        part.write_text(text)
        part.rename(self.files / name)

    def address(self, name):
        """Where a catalog file is served over HTTP, from a host that may be read."""
        return f"http://127.0.0.1:{self._host.server_port}/{name}"

    def fixture(self, name):
        return (FIXTURES / name).read_text()

    def _environment(self):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("APP_CONFIG_")}
        return kept | {
            "APP_CONFIG_backend_listen": "127.0.0.1:0",
            "APP_CONFIG_organization_name": ORGANIZATION,
            "APP_CONFIG_backend_database_connection_directory": str(self.folder / "data"),
            "APP_CONFIG_catalog_locations": json.dumps(self._locations),
            "APP_CONFIG_catalog_orphanStrategy": "keep",
            "APP_CONFIG_devtools_allow": json.dumps([GUEST]),
            "APP_CONFIG_backend_reading_allow": json.dumps([{"host": f"127.0.0.1:{self._host.server_port}"}]),
            "APP_CONFIG_backend_auth_externalAccess": json.dumps([{
                "type": "static", "options": {"token": BLIND_TOKEN, "subject": "watcher"},
                "accessRestrictions": [{"plugin": "catalog", "permission": ["catalog.location.read"]}]}]),
        }

    def _port(self):
        found = re.search(r"Callboard is at http://\S*:(\d+) ", self.log.read_text(errors="replace"))
        return int(found.group(1)) if found else None

    def _knows(self, reference):
        return bool(self._entity(reference))

    def _entity(self, reference):
        """The entity as JSON text, empty where the catalog has none."""
        kind, name = reference.split(":")
        return self._get(f"/api/catalog/entities/by-name/{kind}/{name}")

    def _get(self, path, method="GET"):
        if self._token is None:
            headers = {"X-Requested-With": "XMLHttpRequest"}
            with self._call("/api/auth/guest/refresh", headers) as answer:
                self._token = json.load(answer)["backstageIdentity"]["token"]
        try:
            with self._call(path, {"Authorization": f"Bearer {self._token}"}, method) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError:
            return ""

    def _call(self, path, headers, method="GET"):
        request = urllib.request.Request(self.url + path, headers=headers, method=method)
        return urllib.request.urlopen(request, timeout=5)

    def _answers(self, path):
        try:
            with urllib.request.urlopen(self.url + path, timeout=5) as answer:
                return answer.status == 200
        except urllib.error.URLError:
            return False

    def _wait(self, what, look):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            if found := look():
                return found
            time.sleep(0.05)
        raise RuntimeError(f"The portal was not {what} within {PATIENCE_SECONDS} s; its log:\n{self.log.read_text()}")
