"""R10: replicas are stopped with SIGTERM and started again one after the other, as an upgrade does it."""

import time

from replicas import Fleet, Load, passed

DRAIN_SECONDS = 30


def run(program, folder, files, count):
    result = {"restarts": 0, "slowest stop, s": 0.0}
    with Fleet(program, folder, files) as fleet:
        with Load(fleet, per_second=100) as load:
            for number in range(count):
                replica = fleet.replicas[number % len(fleet.replicas)]
                time.sleep(1)
                begun = time.monotonic()
                replica.stop()
                result["slowest stop, s"] = max(result["slowest stop, s"], round(time.monotonic() - begun, 2))
                replica.start()
                result["restarts"] += 1
                # The balancer asks again after two seconds.
                time.sleep(2.5)
        result |= load.outcome() | {"answers that failed": load.failures()}
        result["requests"] = sum(load.statuses().values())
    result["passed"] = (
        passed(result) and not result["answers that failed"] and result["slowest stop, s"] <= DRAIN_SECONDS)
    return result
