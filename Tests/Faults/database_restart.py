"""R7: PostgreSQL is restarted at once, again and again, while replicas are at work."""

import time

from portal import Gone
from replicas import Fleet, Load, passed

SECONDS_BETWEEN = 12
RECOVERY_SECONDS = 5
POOL_OF_A_REPLICA = 11


def run(program, folder, files, count):
    result = {"restarts": count, "slowest recovery, s": 0.0}
    with Fleet(program, folder, files) as fleet:
        pids = [replica.pid for replica in fleet.replicas]
        with Load(fleet, per_second=100) as load:
            for number in range(count):
                time.sleep(SECONDS_BETWEEN / 2)
                fleet.cluster.database.restart("immediate")
                begun = time.monotonic()
                for replica in fleet.replicas:
                    while not writes(fleet, replica, f"probe-{number}-{replica.number}"):
                        time.sleep(0.05)
                result["slowest recovery, s"] = max(
                    result["slowest recovery, s"], round(time.monotonic() - begun, 2))
                time.sleep(SECONDS_BETWEEN / 2)
        probes = {f"probe-{number}-{replica.number}" for number in range(count) for replica in fleet.replicas}
        result |= load.outcome(probes) | {"answers that failed": load.failures()}
        result["connections"] = fleet.connections()
        result["replicas that ended"] = sum(
            not replica.is_running() or replica.pid != pid for replica, pid in zip(fleet.replicas, pids))
    result["passed"] = (
        passed(result) and not result["replicas that ended"] and set(result["answers that failed"]) <= {503}
        and result["slowest recovery, s"] <= RECOVERY_SECONDS and result["connections"] <= 3 * POOL_OF_A_REPLICA)
    return result


def writes(fleet, replica, name):
    """Whether a replica is ready and takes what it is told."""
    session = fleet.session(replica.port)
    try:
        return replica.is_ready() and session.ask(
            "POST", "/api/catalog/locations", {"type": "url", "target": fleet.files.url(name)})[0] in (201, 409)
    except Gone:
        return False
    finally:
        session.close()
