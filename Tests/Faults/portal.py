"""A portal under test that may be killed at a system call, and the files that it reads."""

import collections
import http.client
import http.server
import json
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import threading
import time

TOKEN = "faults-token-of-the-operator"
READY_SECONDS = 10

_ENTITY = """apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {{ name: "{name}", title: "{title}" }}
spec: {{ type: service, lifecycle: production, owner: nobody }}
"""


class Files(http.server.ThreadingHTTPServer):
    """Answers /<name>.yaml with a component of that name; the first reading of one may be held up."""

    request_queue_size = 256

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _FileHandler)
        self._held = {}
        self._readings = collections.Counter()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self, name):
        return f"http://127.0.0.1:{self.server_port}/{name}.yaml"

    def hold(self, name):
        """Whoever reads a file first gets its answer late: when it is released, and then an old one."""
        self._held[name] = {"reader": None, "isRead": threading.Event(), "isReleased": threading.Event()}

    def wait_for_reader(self, name, seconds=30):
        """The port of whoever reads it."""
        if not self._held[name]["isRead"].wait(seconds):
            raise SystemExit(f"Nobody has read {name} within {seconds} s")
        return self._held[name]["reader"]

    def release(self, name):
        self._held[name]["isReleased"].set()

    def readings(self):
        """How often each file was read."""
        return dict(self._readings)

    def title(self, name, port):
        """What the file says to a reader; waits where the reading is held up."""
        self._readings[name] += 1
        held = self._held.get(name)
        if held is None or held["reader"] is not None:
            return "fresh"
        held["reader"] = port
        held["isRead"].set()
        held["isReleased"].wait(600)
        return "stale"

    def handle_error(self, *_):
        """Readers are killed on purpose."""


class _FileHandler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        name = self.path.strip("/").removesuffix(".yaml")
        body = _ENTITY.format(name=name, title=self.server.title(name, self.client_address[1])).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Gone(Exception):
    """The portal did not answer."""


class Refused(Gone):
    """Nobody listened, so that nothing can have come of the request."""


class Portal:
    """`callboard serve` with a data folder that outlives it."""

    def __init__(self, program, folder, files):
        self.folder = pathlib.Path(folder)
        self.data = self.folder / "data"
        self._program = program
        self._process = None
        self._is_traced = False
        self._config = self.folder / "app-config.yaml"
        self.data.mkdir(parents=True, exist_ok=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._config.write_text(json.dumps({
            "app": {"baseUrl": f"http://localhost:{self.port}"},
            "backend": {
                "listen": f"127.0.0.1:{self.port}",
                "database": {"client": "better-sqlite3", "connection": {"directory": str(self.data)}},
                "auth": {"externalAccess": [{"type": "static", "options": {"token": TOKEN, "subject": "faults"}}]},
                "reading": {"allow": [{"host": f"127.0.0.1:{files.server_port}"}]},
            },
            "auth": {"providers": {"guest": {}}},
            "catalog": {"processingInterval": False},
        }))

    def start(self, fault=None):
        """Starts it; `fault` is what strace is to do at a system call. Returns the seconds until it was ready."""
        begun = time.monotonic()
        self._is_traced = fault is not None
        tracer = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={fault.split(':')[0]}", "-e",
                  f"inject={fault}"] if fault else []
        with open(self.folder / "log", "ab") as log:
            self._process = subprocess.Popen(
                [*tracer, self._program, "serve", "--config", str(self._config)], stdout=log, stderr=log)
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() - begun > 3 * READY_SECONDS:
                raise Gone
            time.sleep(0.02)
        return time.monotonic() - begun

    def _is_ready(self):
        try:
            return self.ask("GET", "/.backstage/health/v1/readiness")[0] == 200
        except Gone:
            return False

    def ask(self, method, path, body=None):
        """Status and JSON of an answer; `Gone` where there is none."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=READY_SECONDS)
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None,
                               {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if text[:1] in (b"{", b"[") else None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Gone from error
        finally:
            connection.close()

    def wait_for_end(self, seconds):
        """Whether it has ended by itself in time."""
        try:
            self._process.wait(seconds)
            return True
        except subprocess.TimeoutExpired:
            return False

    def kill(self):
        """Ends it at once, and the tracer with it."""
        self._tell_traced(signal.SIGKILL)
        self._process.kill()
        self._process.wait()

    def _tell_traced(self, number):
        subprocess.run(["pkill", f"-{int(number)}", "-P", str(self._process.pid)], check=False)

    def stop(self):
        # A tracer keeps signals to itself, and ends with what it traces.
        if self._is_traced:
            self._tell_traced(signal.SIGTERM)
        else:
            self._process.send_signal(signal.SIGTERM)
        if not self.wait_for_end(30):
            self.kill()

    def resident_bytes(self):
        """Of the program itself, where nothing traces it."""
        return int(pathlib.Path(f"/proc/{self._process.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def connections(self):
        """How many have a connection to its port now."""
        ends = (line.split() for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:])
        return sum(fields[1].endswith(f":{self.port:04X}") and fields[3] == "01" for fields in ends)

    def forget(self):
        """Begins with an empty database."""
        shutil.rmtree(self.data)
        self.data.mkdir()

    def faults_of_database(self):
        """What SQLite and the rules of our own tables say of the file, while nobody has it open."""
        connection = sqlite3.connect(self.data / "callboard.sqlite")
        try:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            for rule, statement in RULES.items():
                if connection.execute(statement).fetchone()[0]:
                    found.append(rule)
            return found
        finally:
            connection.close()


# Each counts what must not be, on either engine.
RULES = {
    "the feed has a gap": "SELECT COUNT(*) - COALESCE(MAX(n) - MIN(n) + 1, 0) FROM catalog_feed",
    "the feed's head is not its last number":
        "SELECT (SELECT n FROM catalog_counters WHERE name = 'feed') - COALESCE(MAX(n), 0) FROM catalog_feed",
    "an entity has no source":
        "SELECT COUNT(*) FROM catalog_entities WHERE source_id IS NOT NULL "
        "AND source_id NOT IN (SELECT id FROM catalog_sources)",
    "a way leads from or to a source that is not there":
        "SELECT COUNT(*) FROM catalog_source_edges WHERE child_id NOT IN (SELECT id FROM catalog_sources) "
        "OR parent_id NOT IN (SELECT id FROM catalog_sources)",
    "an entity's last change is beyond the feed":
        "SELECT COUNT(*) FROM catalog_entities WHERE feed_n > (SELECT n FROM catalog_counters WHERE name = 'feed')",
}
