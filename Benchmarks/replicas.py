#!/usr/bin/env python3
"""Three replicas on PostgreSQL: what they serve together, what a request costs them, and how soon one sees what another
wrote. Run it with `make bench-replicas`."""

import argparse
import concurrent.futures
import http.client
import json
import os
import pathlib
import random
import shutil
import statistics
import sys
import tempfile
import time
import urllib.parse

from measure import TOKEN, request, wrk
from run import Reader, count_entities, filters, generate, report

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "deploy/local-cluster"))
from cluster import Cluster, free_port  # noqa: E402

SECONDS = 8
DELETIONS = 200


class Target:
    """A replica as the measurements see a server."""

    def __init__(self, replica):
        self.port = replica.port
        self.replica = replica

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)


def configuration(folder, catalog):
    path = pathlib.Path(folder) / "app-config.yaml"
    path.write_text(json.dumps({
        "backend": {"auth": {"externalAccess": [{"type": "static", "options": {"token": TOKEN, "subject": "bench"}}]}},
        "auth": {"providers": {"guest": {}}},
        "catalog": {
            "processingInterval": False,
            "rules": [{"allow": ["Component", "API", "Resource", "System", "Domain", "Group", "User", "Location"]}],
            "locations": [{"type": "file", "target": f"{catalog}/**/*.yaml"}],
        },
    }))
    return path


def load(targets, paths):
    """Requests in a second of all of them together, and the CPU that a request costs them in ms."""
    before = [target.replica.cpu_seconds() for target in targets]
    with concurrent.futures.ThreadPoolExecutor(len(targets)) as pool:
        rates = list(pool.map(lambda target: wrk(target, paths, SECONDS, 64 // len(targets))[0], targets))
    cpu = sum(target.replica.cpu_seconds() - start for target, start in zip(targets, before))
    return sum(rates), cpu * 1000 / (sum(rates) * SECONDS)


def measure_loads(targets):
    chosen = filters(targets[0].connect(), 1000)
    paths = [f"/api/catalog/entities/by-query?filter={text}&limit=20" for text in chosen]
    turns = [(load(targets[:1], paths), load(targets, paths)) for _ in range(5)]
    ratio = statistics.median(all_[0] / one[0] for one, all_ in turns)
    cost = statistics.median(all_[1] / one[1] for one, all_ in turns)
    rate, each = statistics.median(one[0] for one, _ in turns), statistics.median(one[1] for one, _ in turns)
    cores = os.cpu_count() or 1
    if cores >= 6:
        report("requests of three replicas to those of one", f"{ratio:.2f}", "2.2", ratio >= 2.2)
    report(f"CPU of a request on three replicas to that on one ({each:.2f} ms at {rate:.0f}/s, {cores} cores, "
           f"{ratio:.2f} times the requests)", f"{100 * cost:.0f} %", "110 %", cost <= 1.10)


def measure_visibility(targets, number):
    """From the answer to a deletion on one replica until another one no longer has the entity."""
    writer, reader = targets[0].connect(), targets[1].connect()
    page = json.loads(request(writer, f"/api/catalog/entities/by-query?filter=kind=component&limit={number}"
                              "&fields=metadata.uid")[1])
    times = []
    for entity in random.Random(7).sample(page["items"], number):
        uid = urllib.parse.quote(entity["metadata"]["uid"])
        request(writer, f"/api/catalog/entities/by-uid/{uid}", "DELETE")
        start = time.perf_counter()
        while request(reader, f"/api/catalog/entities/by-uid/{uid}")[0] == 200:
            time.sleep(0.001)
        times.append((time.perf_counter() - start) * 1000)
        time.sleep(0.02)
    p99 = statistics.quantiles(times, n=100)[98]
    report(f"a write on one replica read on another, {number} times",
           f"median {statistics.median(times):.1f} ms, p99 {p99:.1f} ms", "p99 200 ms", p99 < 200)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entities", type=int, default=100_000)
    parser.add_argument("--build", default=".build/release", help="where the release program is")
    options = parser.parse_args()
    program = f"{options.build}/callboard"
    folder = tempfile.mkdtemp(prefix="callboard-bench-")
    os.chmod(folder, 0o711)
    catalog = generate(program, folder, options.entities)
    cluster = Cluster(f"{folder}/cluster", program, [configuration(folder, catalog)], 3, free_port())
    targets = [Target(replica) for replica in cluster.replicas]
    try:
        cluster.database.start()
        begun = time.perf_counter()
        cluster.replicas[0].start()
        reader = Reader(targets[0])
        reader.start()
        connection = targets[0].connect()
        while count_entities(connection) < options.entities:
            time.sleep(0.2)
        seconds = time.perf_counter() - begun
        p99 = reader.p99()
        report(f"first ingest of {options.entities} entities on PostgreSQL", f"{seconds:.1f} s", "reported", True)
        report("reads during the ingest, p99", f"{p99:.1f} ms", "100 ms", p99 < 100)
        for replica in cluster.replicas[1:]:
            report(f"start of replica {replica.number} with all of it", f"{replica.start():.2f} s", "reported", True)
        time.sleep(5)
        measure_visibility(targets, DELETIONS)
        time.sleep(5)
        measure_loads(targets)
    finally:
        cluster.forget()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
