"""R9: a replica is killed while it reads a source; another takes that over, and nobody else notices."""

import signal
import time

from portal import Gone
from replicas import Fleet, Load, passed

TAKEOVER_SECONDS = 30
APPEARANCE_SECONDS = 60


def run(program, folder, files, count):
    result = {"kills": 0, "slowest takeover, s": 0.0}
    with Fleet(program, folder, files) as fleet:
        session = fleet.session()
        with Load(fleet) as load:
            for number in range(count):
                victim = hold(fleet, session, f"held-{number}")
                victim.kill()
                begun = time.monotonic()
                wait_for_entity(session, f"held-{number}")
                result["kills"] += 1
                result["slowest takeover, s"] = max(
                    result["slowest takeover, s"], round(time.monotonic() - begun, 1))
                files.release(f"held-{number}")
                victim.start()
        result |= load.outcome(held(count)) | {"answers that failed": load.failures()}
        result["requests"] = sum(load.statuses().values())
    # Of each kill what was under way on the victim may fail: at most one request of each client.
    failed = sum(result["answers that failed"].values())
    result["passed"] = (
        passed(result) and result["slowest takeover, s"] <= TAKEOVER_SECONDS
        and failed <= count * len(load.workers) and set(result["answers that failed"]) <= {502, "none"})
    return result


def run_frozen(program, folder, files, count):
    """R11: a replica is stopped while it reads a source, and goes on once another one has done its work."""
    result = {"freezes": 0, "stale writes taken": 0, "slowest takeover, s": 0.0}
    with Fleet(program, folder, files) as fleet:
        with Load(fleet) as load:
            for number in range(count):
                name = f"held-{number}"
                victim = hold(fleet, fleet.session(), name)
                awake = fleet.session(next(replica for replica in fleet.replicas if replica is not victim).port)
                victim.signal(signal.SIGSTOP)
                begun = time.monotonic()
                wait_for_entity(awake, name)
                result["slowest takeover, s"] = max(
                    result["slowest takeover, s"], round(time.monotonic() - begun, 1))
                # What it has been waiting for comes now, and is not what the file says any more.
                files.release(name)
                time.sleep(1)
                victim.signal(signal.SIGCONT)
                victim.wait()
                time.sleep(3)
                result["freezes"] += 1
                result["stale writes taken"] += title(awake, name) != "fresh"
        result |= load.outcome(held(count)) | {"answers that failed": load.failures()}
    result["passed"] = (
        passed(result) and not result["stale writes taken"] and result["slowest takeover, s"] <= TAKEOVER_SECONDS
        and set(result["answers that failed"]) <= {502, 503, 504, "none"})
    return result


def held(count):
    return {f"held-{number}" for number in range(count)}


def hold(fleet, session, name):
    """Registers a file whose first reading gets no answer; the replica that reads it."""
    fleet.files.hold(name)
    status, answer = session.ask("POST", "/api/catalog/locations", {"type": "url", "target": fleet.files.url(name)})
    if status != 201:
        raise SystemExit(f"Registering {name} answered {status}: {answer}")
    replica = fleet.reader_of(fleet.files.wait_for_reader(name))
    if replica is None:
        raise SystemExit(f"Nobody of the replicas reads {name}")
    return replica


def title(session, name):
    try:
        status, answer = session.ask("GET", f"/api/catalog/entities/by-name/component/default/{name}")
    except Gone:
        return None
    return answer["metadata"].get("title") if status == 200 else None


def wait_for_entity(session, name):
    end = time.monotonic() + APPEARANCE_SECONDS
    while title(session, name) is None:
        if time.monotonic() > end:
            raise SystemExit(f"{name} did not appear within {APPEARANCE_SECONDS} s")
        time.sleep(0.1)
