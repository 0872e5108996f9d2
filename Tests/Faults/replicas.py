"""Three replicas behind nginx, the files that they read, and clients that keep a journal of what was acknowledged."""

import contextlib
import http.client
import json
import os
import pathlib
import random
import sys
import threading
import time

from portal import RULES, TOKEN, Gone, Refused

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "deploy/local-cluster"))
from cluster import Cluster, free_port  # noqa: E402

PATIENCE_SECONDS = 15


class Fleet:
    """A cluster of one test; gone with it."""

    def __init__(self, program, folder, files, count=3, locations=()):
        self.files = files
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True)
        config = self.folder / "app-config.yaml"
        config.write_text(json.dumps({
            "backend": {
                "auth": {"externalAccess": [{"type": "static", "options": {"token": TOKEN, "subject": "faults"}}]},
                "reading": {"allow": [{"host": f"127.0.0.1:{files.server_port}"}]},
            },
            "auth": {"providers": {"guest": {}}},
            "catalog": {"processingInterval": False,
                        "locations": [{"type": "file", "target": target} for target in locations]},
        }))
        self.cluster = Cluster(self.folder / "cluster", program, [config], count, free_port())
        self.replicas = self.cluster.replicas

    def __enter__(self):
        self.cluster.up()
        return self

    def __exit__(self, *_):
        self.cluster.forget()

    def session(self, port=None):
        return Session(port or self.cluster.port)

    def reader_of(self, port):
        """The replica that has the connection whose near end is a port; None where none has."""
        inode = next((fields[9] for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]
                      for fields in [line.split()] if int(fields[1].split(":")[1], 16) == port), None)
        return next((replica for replica in self.replicas if f"socket:[{inode}]" in self._open_files(replica)), None)

    @staticmethod
    def _open_files(replica):
        """What the file descriptors of a replica are of; those that close meanwhile are left out."""
        found = set()
        for name in os.listdir(f"/proc/{replica.pid}/fd"):
            with contextlib.suppress(OSError):
                found.add(os.readlink(f"/proc/{replica.pid}/fd/{name}"))
        return found

    def faults_of_database(self):
        """What the rules of our own tables say, while the replicas run."""
        return [rule for rule, statement in RULES.items() if self.cluster.database.run(
            f"SET search_path = callboard; {statement}").splitlines()[-1] != "0"]

    def connections(self):
        """How many PostgreSQL counts of the replicas, listeners included."""
        return int(self.cluster.database.run(
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = 'portal' AND pid <> pg_backend_pid()"))


class Session:
    """One client with one kept-alive connection; what it saw goes with it."""

    def __init__(self, port):
        self.port = port
        self.position = None
        self._connection = None

    def ask(self, method, path, body=None, timeout=PATIENCE_SECONDS):
        """Status and JSON of an answer; `Gone` where there is none, and nobody knows what became of the request."""
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
        if self.position:
            headers["Callboard-Position"] = self.position
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
            self._connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = self._connection.getresponse()
            text = answer.read()
            self.position = answer.headers.get("Callboard-Position") or self.position
            return answer.status, json.loads(text) if text[:1] in (b"{", b"[") else None
        except ConnectionRefusedError as error:
            self.close()
            raise Refused from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()
            raise Gone from error

    def close(self):
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Worker(threading.Thread):
    """Registers, deletes and reads until it is told to stop, and checks that it reads its own writes."""

    def __init__(self, number, port, files, pause):
        super().__init__(daemon=True)
        self.statuses = {}
        self.kept = {}
        self.unknown = set()
        self.not_seen = []
        self.latencies = []
        self.acknowledged = 0
        self.failure = None
        self._number = number
        self._session = Session(port)
        self._files = files
        self._seen = set()
        self._pause = pause
        self._chance = random.Random(number)
        self._end = threading.Event()

    def run(self):
        try:
            self._work()
        except Exception as error:
            self.failure = repr(error)
            raise

    def _work(self):
        count = 0
        while not self._end.is_set():
            count += 1
            if count % 8 == 1:
                self._register(f"w{self._number}-{count}")
            elif count % 32 == 16 and self.kept:
                self._unregister(self._chance.choice(sorted(self.kept)))
            elif count % 4 == 3 and self.kept:
                self._look(self._chance.choice(sorted(self.kept)))
            else:
                self._ask("GET", "/api/catalog/entities/by-query?limit=20&filter=kind=component&fields=metadata.name")
        self._session.close()

    def stop(self):
        self._end.set()

    def _ask(self, *request):
        begun = time.monotonic()
        try:
            status, answer = self._session.ask(*request)
        except Gone:
            status, answer = "none", None
        self.latencies.append(time.monotonic() - begun)
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self._end.wait(self._pause)
        return status, answer

    def _register(self, name):
        status, answer = self._ask("POST", "/api/catalog/locations", {"type": "url", "target": self._files.url(name)})
        if status == 201:
            self.acknowledged += 1
            self.kept[name] = answer["location"]["id"]
        else:
            self.unknown.add(name)

    def _unregister(self, name):
        identifier = self.kept.pop(name)
        status, _ = self._ask("DELETE", f"/api/catalog/locations/{identifier}")
        if status != 204:
            self.unknown.add(name)
            return
        self.acknowledged += 1
        # Whichever replicas are asked next, none of them has what is gone.
        for _ in range(3):
            if self._ask("GET", f"/api/catalog/entities/by-name/component/default/{name}")[0] == 200:
                self.not_seen.append(name)

    def _look(self, name):
        """What was seen once stays to be seen, whichever replica answers."""
        for _ in range(3):
            status, _ = self._ask("GET", f"/api/catalog/entities/by-name/component/default/{name}")
            if status == 200:
                self._seen.add(name)
            elif status == 404 and name in self._seen:
                self.not_seen.append(name)


class Load:
    """Some workers at once; `with` starts and stops them."""

    def __init__(self, fleet, count=8, per_second=50, port=None):
        self.workers = [Worker(number, port or fleet.cluster.port, fleet.files, count / per_second)
                        for number in range(count)]
        self._fleet = fleet

    def __enter__(self):
        for worker in self.workers:
            worker.start()
        return self

    def __exit__(self, *_):
        for worker in self.workers:
            worker.stop()
        for worker in self.workers:
            worker.join(4 * PATIENCE_SECONDS)
            # One that has died has found nothing, which must not look like success.
            if worker.failure or worker.is_alive():
                raise SystemExit(f"A client did not do its work: {worker.failure or 'it hangs'}")

    def statuses(self):
        found = {}
        for worker in self.workers:
            for status, count in list(worker.statuses.items()):
                found[status] = found.get(status, 0) + count
        return found

    def failures(self):
        """Answers that are none, or that say no, by what they were; what is not read yet is not there."""
        return {status: count for status, count in self.statuses().items()
                if status not in (200, 201, 204, 404)}

    def percentile(self, part=0.99):
        times = sorted(time for worker in self.workers for time in worker.latencies)
        return round(times[int(len(times) * part)], 3) if times else 0.0

    def outcome(self, others=frozenset(), settling=30):
        """What was acknowledged, what of it is lost and what is half done, once all has been read."""
        session = self._fleet.session()
        kept = {name for worker in self.workers for name in worker.kept} | set(others)
        unknown = {name for worker in self.workers for name in worker.unknown}
        end, lost, halves = time.monotonic() + settling, [], []
        while time.monotonic() < end:
            try:
                locations = {_name(entry["data"]["target"]) for entry in session.ask("GET", "/api/catalog/locations")[1]}
                entities = {entity["metadata"]["name"] for entity in session.ask(
                    "GET", "/api/catalog/entities?filter=kind=component&fields=metadata.name")[1]}
            except (Gone, TypeError):
                continue
            lost = [f"{name} was registered and is not there" for name in sorted(kept - locations)]
            lost += [f"{name} was deleted and is there" for name in sorted(locations - kept - unknown)]
            halves = [f"{name} has a location or an entity alone" for name in sorted(locations ^ entities)]
            if not lost and not halves:
                break
            time.sleep(0.1)
        halves += self._fleet.faults_of_database()
        for trouble in lost + halves:
            print(trouble, flush=True)
        return {
            "acknowledged": sum(worker.acknowledged for worker in self.workers), "lost": len(lost),
            "half done": len(halves), "own writes not seen": sum(len(worker.not_seen) for worker in self.workers),
        }


def _name(target):
    return target.rsplit("/", 1)[1].removesuffix(".yaml")


def passed(result):
    return not result["lost"] and not result["half done"] and not result["own writes not seen"]
