"""R16: the clock of one replica is an hour ahead, that of another an hour behind."""

import glob
import time

from replica_kill import TAKEOVER_SECONDS, hold, wait_for_entity
from replicas import Fleet, Load, passed

SKEWS = ["+3600s", "-3600s", None]
LIBRARY = "/usr/lib/*/faketime/libfaketimeMT.so.1"
LOAD_SECONDS = 8


def has_faketime():
    return bool(glob.glob(LIBRARY))


def run(program, folder, files, count):
    result = {"takeovers": 0, "slowest takeover, s": 0.0}
    with Fleet(program, folder, files) as fleet:
        for replica, skew in zip(fleet.replicas, SKEWS):
            replica.stop()
            _start(replica, skew)
        begun = files.readings()
        with Load(fleet) as load:
            time.sleep(LOAD_SECONDS)
            for number in range(count):
                session = fleet.session()
                victim = hold(fleet, session, f"held-{number}")
                victim.kill()
                start = time.monotonic()
                wait_for_entity(session, f"held-{number}")
                result["takeovers"] += 1
                result["slowest takeover, s"] = max(
                    result["slowest takeover, s"], round(time.monotonic() - start, 1))
                files.release(f"held-{number}")
                _start(victim, SKEWS[victim.number - 1])
        result |= load.outcome({f"held-{number}" for number in range(count)})
        names = {name for worker in load.workers for name in [*worker.kept, *worker.unknown]}
        read = files.readings()
        # Nobody asks for them again: whoever reads one twice takes the other's lease for over.
        result["read twice"] = sum(read.get(name, 0) - begun.get(name, 0) > 1 for name in names)
        result["files"] = len(names)
    result["passed"] = (
        passed(result) and result["slowest takeover, s"] <= TAKEOVER_SECONDS and not result["read twice"])
    return result


def _start(replica, skew):
    # The clock that only goes forward stays as it is, as it does where somebody sets the time.
    environment = {"LD_PRELOAD": glob.glob(LIBRARY)[0], "FAKETIME": skew, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    # Started by Python itself, a Swift program finds no arguments beside that library.
    replica.begin(environment if skew else None, wrapper=["env"])
    replica.wait()
