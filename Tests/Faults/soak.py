"""R2: a portal on SQLite is killed every few seconds while clients are at work."""

import random
import time

from portal import Portal
from replicas import Load, Session, passed

START_SECONDS = 10


class _Lone:
    """One portal as clients see a fleet."""

    def __init__(self, portal, files):
        self.files = files
        self.port = portal.port

    def session(self):
        return Session(self.port)

    def faults_of_database(self):
        # They are asked for once nobody has the file open.
        return []


def run(program, folder, files, count):
    portal, chance = Portal(program, folder, files), random.Random(11)
    result = {"kills": 0, "slowest start, s": round(portal.start(), 2)}
    with Load(_Lone(portal, files), per_second=50, port=portal.port) as load:
        for _ in range(count):
            time.sleep(chance.uniform(2, 8))
            portal.kill()
            result["kills"] += 1
            result["slowest start, s"] = max(result["slowest start, s"], round(portal.start(), 2))
    result |= load.outcome()
    portal.stop()
    found = portal.faults_of_database()
    for trouble in found:
        print(trouble, flush=True)
    result["half done"] += len(found)
    result["passed"] = passed(result) and result["slowest start, s"] <= START_SECONDS
    return result
