"""R1: the portal is killed at the n-th system call of a kind that makes data durable, again and again on one database.

What was acknowledged before must be there afterwards, what was deleted must be gone, and nothing may be half done.
"""

import itertools
import random
import time

from portal import READY_SECONDS, Gone, Portal

CALLS = ["fdatasync", "pwrite64"]
# Of one thread; the first of them fall into the start, and on an empty database into its migrations.
MOST_CALLS = 250
CALLS_OF_A_START = 12
# So many requests without reaching the call, and it is killed from outside.
MOST_REQUESTS = 40
SETTLING_SECONDS = 20


class Journal:
    """What the portal has acknowledged: locations by name, with their ids."""

    def __init__(self):
        self.kept = {}
        # Asked for when it died: either outcome is right.
        self.open = None

    def learn(self, names):
        """What became of the request that nobody answered."""
        if self.open is None:
            return
        kind, name, identifier = self.open
        self.open = None
        if kind == "register" and name in names:
            self.kept[name] = names[name]
        elif kind == "delete" and name in names:
            self.kept[name] = identifier


def run(program, folder, files, count):
    """Kills it so often. What was tried, and what came of it."""
    portal = Portal(program, folder, files)
    journal, numbers, chance = Journal(), itertools.count(1), random.Random(7)
    result = {
        "tried": 0, "killed at the call": 0, "acknowledged": 0, "lost": 0, "half done": 0, "slowest start, s": 0.0}
    for number in range(count):
        place = 1 + number * MOST_CALLS // count
        fault = f"{CALLS[number % len(CALLS)]}:signal=SIGKILL:when={place}"
        result["tried"] += 1
        if place <= CALLS_OF_A_START:
            portal.forget()
            journal = Journal()
        try:
            portal.start(fault)
            result["acknowledged"] += _work(portal, files, journal, numbers, chance)
        except Gone:
            pass
        result["killed at the call"] += portal.wait_for_end(1)
        portal.kill()
        result["slowest start, s"] = max(result["slowest start, s"], round(portal.start(), 2))
        lost, halves = _compare(portal, journal, files)
        portal.stop()
        halves += portal.faults_of_database()
        result["lost"] += len(lost)
        result["half done"] += len(halves)
        for trouble in lost + halves:
            print(f"{fault}: {trouble}", flush=True)
    result["passed"] = not result["lost"] and not result["half done"] and result["slowest start, s"] < READY_SECONDS
    return result


def _work(portal, files, journal, numbers, chance):
    """Registers, deletes and refreshes until nobody answers; how many of these were acknowledged."""
    acknowledged = 0
    for number in range(MOST_REQUESTS):
        if number % 4 == 3 and journal.kept:
            name = chance.choice(sorted(journal.kept))
            journal.open = ("delete", name, journal.kept.pop(name))
            status, _ = portal.ask("DELETE", f"/api/catalog/locations/{journal.open[2]}")
            wanted = 204
        elif number % 4 == 1 and journal.kept:
            reference = f"component:default/{chance.choice(sorted(journal.kept))}"
            status, _ = portal.ask("POST", "/api/catalog/refresh", {"entityRef": reference})
            # What has just been registered may not be read yet.
            wanted = status if status in (200, 404) else 200
        else:
            name = f"e-{next(numbers)}"
            journal.open = ("register", name, None)
            status, answer = portal.ask(
                "POST", "/api/catalog/locations", {"type": "url", "target": files.url(name)})
            wanted = 201
            if status == wanted:
                journal.kept[name] = answer["location"]["id"]
        if status != wanted:
            raise SystemExit(f"{journal.open} answered {status}")
        journal.open = None
        acknowledged += 1
    return acknowledged


def _compare(portal, journal, files):
    """What was acknowledged and is not there, and what is there in part, once all has been read."""
    ids = {entry["data"]["target"].rsplit("/", 1)[1].removesuffix(".yaml"): entry["data"]["id"]
           for entry in portal.ask("GET", "/api/catalog/locations")[1]}
    journal.learn(ids)
    lost = [f"{name} was registered and is not there" for name in journal.kept.keys() - ids.keys()]
    lost += [f"{name} was deleted and is there" for name in ids.keys() - journal.kept.keys()]
    end, entities = time.monotonic() + SETTLING_SECONDS, None
    while time.monotonic() < end:
        answer = portal.ask("GET", "/api/catalog/entities?filter=kind=component&fields=metadata.name")[1]
        entities = {entity["metadata"]["name"] for entity in answer}
        if entities == ids.keys():
            return lost, []
        time.sleep(0.05)
    return lost, [f"{name} has a location or an entity alone" for name in sorted(entities ^ ids.keys())]
