"""R8: PostgreSQL answers two seconds late, then takes everything and says nothing for a minute."""

import pathlib
import time

from database_restart import writes
from portal import Gone
from proxy import Proxy
from replicas import Fleet, Load

STUCK_SECONDS = 60
SLOW_SECONDS = 10
LIMIT_SECONDS = 10
RECOVERY_SECONDS = 5
POOL_OF_A_REPLICA = 11
MOST_THREADS = 60


def run(program, folder, files, count):
    result = {"times": count, "slowest to say so, s": 0.0, "slowest recovery, s": 0.0, "live": True, "threads": 0,
              "connections": 0}
    with Fleet(program, folder, files) as fleet:
        fleet.cluster.down()
        proxy = Proxy(fleet.cluster.database.port)
        fleet.cluster.database_port = proxy.port
        fleet.cluster.up()
        with Load(fleet, count=16, per_second=50) as load:
            for number in range(count):
                proxy.delay = 2.0
                time.sleep(SLOW_SECONDS)
                proxy.delay = 0.0
                proxy.stick()
                _watch(fleet, result)
                result["threads"] = max(result["threads"], *map(_threads, fleet.replicas))
                result["connections"] = max(result["connections"], _connections(proxy.port))
                proxy.flow()
                begun = time.monotonic()
                for replica in fleet.replicas:
                    while not writes(fleet, replica, f"probe-{number}-{replica.number}"):
                        time.sleep(0.05)
                result["slowest recovery, s"] = max(
                    result["slowest recovery, s"], round(time.monotonic() - begun, 2))
        probes = {f"probe-{number}-{replica.number}" for number in range(count) for replica in fleet.replicas}
        result |= load.outcome(probes) | {
            "slowest answer, s": load.percentile(1 - 1e-9), "answers that failed": load.failures()}
        proxy.close()
    # While PostgreSQL is late no replica can know in time what was written on another: it is told how often, and no fault.
    result["passed"] = (
        not result["lost"] and not result["half done"] and result["live"] and result["slowest to say so, s"] <= LIMIT_SECONDS
        and result["slowest answer, s"] <= LIMIT_SECONDS + 1 and result["slowest recovery, s"] <= RECOVERY_SECONDS
        and set(result["answers that failed"]) <= {503} and result["threads"] <= MOST_THREADS
        and result["connections"] <= 3 * POOL_OF_A_REPLICA)
    return result


def _watch(fleet, result):
    """Until the database may speak again: whether readiness says no in time, and liveness yes all the while."""
    begun = time.monotonic()
    waiting = set(fleet.replicas)
    while time.monotonic() - begun < STUCK_SECONDS:
        for replica in list(waiting):
            if not replica.is_ready():
                waiting.discard(replica)
                result["slowest to say so, s"] = max(
                    result["slowest to say so, s"], round(time.monotonic() - begun, 1))
        for replica in fleet.replicas:
            session = fleet.session(replica.port)
            try:
                result["live"] &= session.ask("GET", "/.backstage/health/v1/liveness", timeout=2)[0] == 200
            except Gone:
                result["live"] = False
            session.close()
        time.sleep(0.5)
    if waiting:
        result["slowest to say so, s"] = float("inf")


def _connections(port):
    """How many connections to a port somebody still has open; what was given up is not counted."""
    ends = (line.split() for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:])
    return sum(fields[2].endswith(f":{port:04X}") and fields[3] == "01" for fields in ends)


def _threads(replica):
    return len(list(pathlib.Path(f"/proc/{replica.pid}/task").iterdir()))
