"""R12: clients register, delete and read the same few locations on all replicas while faults happen; then it is looked
for an order in which all that they saw can have happened."""

import collections
import random
import signal
import threading
import time

import linear
from portal import Gone, Refused
from replicas import Fleet

CLIENTS = 5
PLACES = 4
SECONDS = 300
LIMIT_SECONDS = 5
# Of what does not fit, the last operations alone are told.
SHOWN = 12


def run(program, folder, files, count):
    """So many runs of five minutes; a part of one is a shorter one."""
    result = {"runs": 0, "operations": 0, "unknown": collections.Counter(), "faults": 0, "anomalies": 0, "steps back": 0}
    for number in range(max(1, round(count))):
        with Fleet(program, f"{folder}-{number}", files) as fleet:
            _once(fleet, files, SECONDS * min(1, count), random.Random(number), result)
        result["runs"] += 1
    result["unknown"] = {status or "none": number for status, number in result["unknown"].items()}
    result["passed"] = not result["anomalies"] and not result["steps back"] and result["operations"] > 100
    return result


def _once(fleet, files, seconds, chance, result):
    end = time.monotonic() + seconds
    clients = [_Client(fleet, files, random.Random(chance.random()), end) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    while time.monotonic() < end - 4:
        time.sleep(chance.uniform(1, 4))
        _fault(fleet, chance)
        result["faults"] += 1
    for client in clients:
        client.join()
        if client.failure:
            raise SystemExit(f"A client did not do its work: {client.failure}")
    for replica in fleet.replicas:
        replica.wait()
    # What nobody heard of is settled by a last look.
    last = _Client(fleet, files, chance, 0)
    for place in range(PLACES):
        last.read(place)
    for place in range(PLACES):
        operations = [operation for client in [*clients, last] for operation in client.history
                      if operation["place"] == place]
        result["operations"] += len(operations)
        if not linear.fits(operations):
            result["anomalies"] += 1
            print(f"No order fits what was seen of place {place}, up to:", flush=True)
            for operation in linear.shortest(operations)[-SHOWN:]:
                print(f"  {operation}", flush=True)
    for client in clients:
        result["unknown"].update(client.unheard)
    result["steps back"] += sum(client.steps_back for client in clients)


def _fault(fleet, chance):
    """One replica is killed, or frozen for a while, or the database starts anew."""
    replica = chance.choice(fleet.replicas)
    kind = chance.choice(["kill", "freeze", "database"])
    if kind == "kill":
        replica.kill()
        replica.start()
    elif kind == "freeze":
        replica.signal(signal.SIGSTOP)
        time.sleep(chance.uniform(0.5, 3))
        replica.signal(signal.SIGCONT)
    else:
        fleet.cluster.database.restart("immediate")


class _Client(threading.Thread):
    """Speaks with one replica after the other, and writes down when it asked what, and what it was told when."""

    def __init__(self, fleet, files, chance, end):
        super().__init__(daemon=True)
        self.history = []
        self.steps_back = 0
        self.unheard = collections.Counter()
        self.failure = None
        self._sessions = [fleet.session(replica.port) for replica in fleet.replicas]
        self._files = files
        self._chance = chance
        self._end = end
        self._known = {}

    def run(self):
        try:
            while time.monotonic() < self._end:
                place = self._chance.randrange(PLACES)
                self._chance.choice([self._register, self._unregister, self.read, self.read])(place)
                time.sleep(self._chance.uniform(0, 0.1))
        except Exception as error:
            self.failure = repr(error)
            raise

    def _register(self, place):
        self._note("register", place, "POST", "/api/catalog/locations",
                   {"type": "url", "target": self._files.url(f"place-{place}")})

    def _unregister(self, place):
        identifier = self._known.get(place)
        if identifier:
            self._note("delete", place, "DELETE", f"/api/catalog/locations/{identifier}", identifier=identifier)

    def read(self, place):
        self._note("read", place, "GET", "/api/catalog/locations")

    def _note(self, kind, place, method, path, body=None, identifier=None):
        session = self._chance.choice(self._sessions)
        session.position = max((other.position for other in self._sessions if other.position), key=int, default=None)
        before = int(session.position or 0)
        operation = {"kind": kind, "place": place, "id": identifier, "begin": time.monotonic(), "end": None}
        try:
            status, answer = session.ask(method, path, body, timeout=LIMIT_SECONDS)
        except Refused:
            return
        except Gone:
            status, answer = None, None
        if status in (200, 201, 204, 404, 409):
            operation |= {"end": time.monotonic(), "good": status < 300}
            if kind == "register" and status == 201:
                operation["id"] = answer["location"]["id"]
            if kind == "read":
                target = self._files.url(f"place-{place}")
                operation["id"] = next((entry["data"]["id"] for entry in answer if entry["data"]["target"] == target),
                                       None)
            if kind != "delete" and operation["id"]:
                self._known[place] = operation["id"]
            self.steps_back += int(session.position or 0) < before
        elif kind == "read":
            # Nothing was learned, and nothing can have been done.
            return
        if operation["end"] is None:
            self.unheard[status] += 1
        self.history.append(operation)
