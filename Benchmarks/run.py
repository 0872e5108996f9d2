#!/usr/bin/env python3
"""The numbers that Callboard holds itself to, measured on a generated catalog. Run it with `make bench`.

Every figure stands beside its bar. Loads are given as a ratio to the same server answering the same bytes from a
constant in the same run, because machines differ and are noisy.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
import urllib.parse

from measure import Server, median_ms, request, wrk

rows = []


def report(what, value, bar, is_met):
    rows.append((what, value, bar, is_met))
    print(f"{'ok  ' if is_met else 'MISS'}  {what}: {value}  (bar: {bar})", flush=True)


def generate(program, folder, entities):
    catalog = f"{folder}/catalog"
    os.makedirs(catalog)
    subprocess.run([program, "generate", "--entities", str(entities), "--seed", "7", catalog], check=True,
                   stderr=subprocess.DEVNULL)
    return catalog


def count_entities(connection):
    return json.loads(request(connection, "/api/catalog/entities/by-query?limit=0")[1])["totalItems"]


class Reader(threading.Thread):
    """Reads a page every few milliseconds and notes how long it took."""

    def __init__(self, server):
        super().__init__(daemon=True)
        self.server, self.times, self.is_stopped = server, [], False

    def run(self):
        connection = self.server.connect()
        while not self.is_stopped:
            start = time.perf_counter()
            request(connection, "/api/catalog/entities/by-query?filter=kind=component,spec.type=service&limit=20")
            self.times.append((time.perf_counter() - start) * 1000)
            time.sleep(0.005)

    def p99(self):
        self.is_stopped = True
        self.join()
        return statistics.quantiles(self.times, n=100)[98]


def measure_idle(program, folder):
    with Server(program, f"{folder}/idle") as server:
        start = server.wait_until_ready()
        report("start to first answer, empty", f"{start * 1000:.0f} ms", "150 ms", start < 0.15)
        time.sleep(2)
        memory = server.memory_mb()
        report("memory, idle", f"{memory:.0f} MB", "60 MB", memory < 60)


def measure_ingest(server, entities):
    server.wait_until_ready()
    reader = Reader(server)
    reader.start()
    connection = server.connect()
    while count_entities(connection) < entities:
        if time.perf_counter() - server.started > 3600:
            raise SystemExit("The ingest takes more than an hour.")
        time.sleep(0.2)
    seconds = time.perf_counter() - server.started
    p99 = reader.p99()
    bar = 60 * entities / 100_000
    report(f"first ingest of {entities} entities", f"{seconds:.1f} s", f"{bar:.0f} s", seconds < bar)
    report("reads during the ingest, p99", f"{p99:.1f} ms", "100 ms", p99 < 100)


def filters(connection, number):
    """Filters as people set them: a kind with a type, an owner, a tag, a lifecycle or a system."""
    facets = ["spec.type", "spec.lifecycle", "metadata.tags", "relations.ownedBy", "relations.partOf"]
    query = "&".join(f"facet={facet}" for facet in facets)
    found = json.loads(request(connection, f"/api/catalog/entity-facets?{query}&filter=kind=component")[1])["facets"]
    dice = random.Random(7)
    pairs = [(facet, row["value"]) for facet in facets for row in found[facet][:2000]]
    dice.shuffle(pairs)
    chosen = [pairs[index % len(pairs)] for index in range(number)]
    return [f"kind=component,{facet}={urllib.parse.quote(value)}" for facet, value in chosen]


def measure_pages(server, connection):
    chosen = filters(connection, 1000)
    forms = {"default": "", "fields": "&fields=kind,metadata.name,metadata.namespace,metadata.title,spec.type"}
    for name, suffix in forms.items():
        paths = [f"/api/catalog/entities/by-query?filter={text}&limit=20{suffix}" for text in chosen]
        bodies = [request(connection, path)[1] for path in paths[:200]]
        size = statistics.mean(len(body) for body in bodies)
        typical = min(bodies, key=lambda body: abs(len(body) - size))
        request(connection, "/api/bench/constant", "PUT", typical)
        constants = [path.replace("/api/catalog/entities/by-query", "/api/bench/constant") for path in paths]
        # In turns, because what else the machine does changes from one second to the next; the middle turn counts.
        turns = sorted((compare(server, constants, paths) for _ in range(7)), key=lambda turn: turn[1] / turn[0])
        constant, rate, p99 = turns[len(turns) // 2]
        ratios = [100 * rate / constant for constant, rate, _ in turns]
        report(f"filtered page of 20, {name} form ({size / 1024:.1f} KB), 64 connections",
               f"{rate:.0f}/s of {constant:.0f}/s = {100 * rate / constant:.0f} % "
               f"({ratios[1]:.0f} to {ratios[-2]:.0f}), p99 {p99:.1f} ms",
               "60 %, p99 10 ms", rate >= 0.6 * constant and p99 < 10)


def compare(server, constants, paths):
    """Requests per second for a constant and for queries, and the 99th percentile of these in ms."""
    constant, _ = wrk(server, constants, seconds=2)
    rate, p99 = wrk(server, paths, seconds=2)
    return constant, rate, p99


def measure_queries(connection):
    def one(what, path, bar, headers=None, expected=200):
        time_ms = median_ms(connection, path, headers=headers, expected=expected)
        report(what, f"{time_ms:.2f} ms", f"{bar} ms", time_ms < bar)

    base = "/api/catalog/entity-facets?facet="
    one("facet kind", base + "kind", 1)
    one("facet spec.type", base + "spec.type", 1)
    one("facet metadata.name (all distinct)", base + "metadata.name", 45)
    one("facet relations.ownedBy", base + "relations.ownedBy", 50)
    sample = json.loads(request(connection, "/api/catalog/entities?limit=400&order=asc:metadata.uid")[1])
    keys = sorted({key for entity in sample for key in flattened(entity)})
    one(f"facets of all {len(keys)} keys", base + "&facet=".join(urllib.parse.quote(key) for key in keys), 900)
    kinds = ",".join(f"kind={kind}" for kind in
                     ["component", "api", "resource", "system", "domain", "group", "user", "location", "template"])
    one("nine-kind filter with count and page", f"/api/catalog/entities/by-query?filter={kinds}&limit=20", 5)
    one("substring filter on name and title",
        "/api/catalog/entities/by-query?fullTextFilterTerm=rifle-q&fullTextFilterFields=metadata.name,metadata.title"
        "&orderField=metadata.name,asc&limit=20", 20)
    path = "/api/catalog/entities/by-query?filter=kind=component&limit=20"
    headers = {key.lower(): value for key, value in request(connection, path)[2].items()}
    one("conditional request, unchanged", path, 1, {"If-None-Match": headers["etag"]}, 304)


def flattened(value, path=""):
    """The keys by which an entity can be filtered, but for those that only single entities have."""
    if isinstance(value, dict):
        for key, member in value.items():
            if path == "" and key in ("relations", "status"):
                continue
            yield from flattened(member, f"{path}.{key}" if path else key)
    elif not isinstance(value, list) and len(path) <= 200:
        yield path


def measure_page(server):
    connection = server.connect()
    body = "return=%2Fcatalog"
    connection.request("POST", "/sign-in/guest", body=body, headers={
        "Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://localhost:{server.port}",
        "Host": f"localhost:{server.port}"})
    answer = connection.getresponse()
    answer.read()
    cookie = answer.getheader("Set-Cookie", "").split(";")[0]
    path, headers = "/catalog?kind=component", {"Cookie": cookie, "Authorization": "", "Host": f"localhost:{server.port}"}
    headers.pop("Authorization")
    count = 200

    def fetch():
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()

    status, page = fetch()
    if status != 200:
        raise SystemExit(f"The catalog page answered {status}")
    before = server.cpu_seconds()
    for _ in range(count):
        fetch()
    cpu = (server.cpu_seconds() - before) * 1000 / count
    report(f"catalog page ({len(page) / 1024:.1f} KB), server CPU", f"{cpu:.2f} ms", "2 ms", cpu < 2)


def measure_refresh(server, connection, catalog):
    path = f"{catalog}/0/catalog-1.yaml"
    name = next(line.split()[1] for line in open(path) if line.startswith("  name:"))
    kind = next(line.split()[1] for line in open(path) if line.startswith("kind:")).lower()
    reference = f"{kind}:default/{name}"
    times = []
    for number in range(5):
        with open(path) as file:
            text = file.read()
        mark = f"mark-{time.time_ns()}"
        head = text.split("metadata:\n", 1)
        # Written beside and moved into place, as editors do, into a name that is not watched for long enough to win.
        with open(path, "w") as file:
            file.write(f"{head[0]}metadata:\n  mark: {mark}\n{head[1].split(chr(10), 1)[1] if number else head[1]}")
        start = time.perf_counter()
        request(connection, "/api/catalog/refresh", "POST", json.dumps({"entityRef": reference}),
                {"Content-Type": "application/json"})
        while True:
            status, body, _ = request(connection, f"/api/catalog/entities/by-name/{kind}/default/{name}")
            if status == 200 and json.loads(body)["metadata"].get("mark") == mark:
                break
            if time.perf_counter() - start > 30:
                raise SystemExit("The change did not become visible in 30 s.")
        times.append(time.perf_counter() - start)
    value = statistics.median(times)
    report("a changed file visible after its refresh request", f"{value * 1000:.0f} ms", "1 s", value < 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entities", type=int, default=100_000)
    parser.add_argument("--build", default=".build/release", help="where the release programs are")
    parser.add_argument("--keep", action="store_true", help="keeps the generated catalog and the database")
    options = parser.parse_args()
    program, server_program = f"{options.build}/callboard", f"{options.build}/callboard-bench"
    folder = tempfile.mkdtemp(prefix="callboard-bench-")
    scale = options.entities / 100_000
    memory_bar = 450 * scale if options.entities <= 100_000 else 450 + (3072 - 450) * (scale - 1) / 4
    try:
        measure_idle(server_program, folder)
        catalog = generate(program, folder, options.entities)
        locations = [f"{catalog}/**/*.yaml"]
        with Server(server_program, f"{folder}/full", locations) as server:
            measure_ingest(server, options.entities)
            connection = server.connect()
            memory = server.memory_mb()
            report("memory after the ingest, at once", f"{memory:.0f} MB", f"{memory_bar:.0f} MB", memory < memory_bar)
            time.sleep(12)
            memory = server.memory_mb()
            report("memory after the ingest, once quiet", f"{memory:.0f} MB", f"{memory_bar:.0f} MB",
                   memory < memory_bar)
            measure_refresh(server, connection, catalog)
        with Server(server_program, f"{folder}/full", locations) as server:
            seconds = server.wait_until_ready()
            bar = 2 if options.entities <= 100_000 else 2 + 6 * (scale - 1) / 4
            report("restart to first page", f"{seconds:.2f} s", f"{bar:.0f} s", seconds < bar)
            time.sleep(3)
            report("memory after a restart", f"{server.memory_mb():.0f} MB", f"{memory_bar:.0f} MB",
                   server.memory_mb() < memory_bar)
            connection = server.connect()
            measure_queries(connection)
            measure_pages(server, connection)
            measure_page(server)
            report("memory after the loads", f"{server.memory_mb():.0f} MB", f"{memory_bar:.0f} MB",
                   server.memory_mb() < memory_bar)
    finally:
        if options.keep:
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"\n| what, at {options.entities} entities | measured | bar | |\n|---|---|---|---|")
    for what, value, bar, is_met in rows:
        print(f"| {what} | {value} | {bar} | {'' if is_met else 'misses'} |")


if __name__ == "__main__":
    main()
