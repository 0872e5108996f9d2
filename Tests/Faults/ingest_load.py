"""R17: a large catalog is read for the first time by three replicas while people read what is there already."""

import pathlib
import time

from replicas import Fleet, Session

ENTITIES_OF_A_FILE = 5
READS_PER_SECOND = 20
MOST_BYTES = 1 << 30
LEAST_PER_SECOND = 170
READ_SECONDS = 0.5
IDLE_SHARE = 0.05
IDLE_SECONDS = 10

_ENTITY = """apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {{ name: c-{number}, description: "Component {number} of many, described at some length for its size." }}
spec: {{ type: service, lifecycle: production, owner: group:default/team-{team}, system: system-{system} }}
---
"""


def run(program, folder, files, count):
    tree = pathlib.Path(folder) / "tree"
    for number in range(0, count, ENTITIES_OF_A_FILE):
        place = tree / str(number // 1_000)
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number}.yaml").write_text("".join(
            _ENTITY.format(number=at, team=at % 500, system=at % 2_000)
            for at in range(number, min(number + ENTITIES_OF_A_FILE, count))))
    result = {"entities": count}
    with Fleet(program, f"{folder}/fleet", files, locations=[f"{tree}/**/*.yaml"]) as fleet:
        begun, times, known = time.monotonic(), [], 0
        session = Session(fleet.cluster.port)
        while known < count and time.monotonic() - begun < 60 + count / LEAST_PER_SECOND:
            start = time.monotonic()
            known = session.ask("GET", "/api/catalog/entities/by-query?filter=kind=component&limit=20")[1]["totalItems"]
            times.append(time.monotonic() - start)
            time.sleep(max(0, 1 / READS_PER_SECOND - times[-1]))
        seconds = time.monotonic() - begun
        result |= {"missing": count - known, "per second": round(known / seconds),
                   "read p99, s": round(sorted(times)[int(len(times) * 0.99)], 3)}
        result["owners that are wrong"] = _wrong_owners(session, count)
        time.sleep(5)
        result["most of a replica, MiB"] = max(replica.resident_bytes() for replica in fleet.replicas) >> 20
        before = [replica.cpu_seconds() for replica in fleet.replicas]
        time.sleep(IDLE_SECONDS)
        result["idle, share of a core"] = round(max(
            replica.cpu_seconds() - start for replica, start in zip(fleet.replicas, before)) / IDLE_SECONDS, 3)
    result["passed"] = (
        not result["missing"] and not result["owners that are wrong"] and result["per second"] >= LEAST_PER_SECOND
        and result["read p99, s"] <= READ_SECONDS and result["most of a replica, MiB"] << 20 <= MOST_BYTES
        and result["idle, share of a core"] <= IDLE_SHARE)
    return result


def _wrong_owners(session, count):
    answer = session.ask(
        "GET", "/api/catalog/entity-facets?facet=relations.ownedBy&filter=kind=component")[1]["facets"]
    found = {entry["value"]: entry["count"] for entry in answer["relations.ownedBy"]}
    wanted = {}
    for number in range(count):
        owner = f"group:default/team-{number % 500}"
        wanted[owner] = wanted.get(owner, 0) + 1
    return sum(found.get(owner) != times for owner, times in wanted.items())
