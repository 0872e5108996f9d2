#!/usr/bin/env python3
"""What every kind of page costs with a large catalog that holds the hardest entities: `make bench`, or alone

    python3 Benchmarks/pages.py --program .build/release/callboard

First each page by itself on one connection: the server's CPU for one answer, packed as browsers ask for it. Then
sixteen users at once, without a pause between their pages: fifteen go through what people look at every day, one
through the hardest pages there are. The 95th percentile of each page stands beside its ratio to /healthz in the same
rotation, because machines differ and are noisy.
"""

import argparse
import asyncio
import itertools
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
import urllib.parse

import extremes
from measure import Server, request

USERS = 16
SECONDS = 20
WARMING = 3
MOST_PACKED = 60_000
MOST_P95_MS = 100
HEALTH = "/healthz"
_TEAM = "/catalog/default/group/extreme-team"
_COMPONENT = "/catalog/default/component"
_API = "/catalog/default/api"
_GRAPH = "/catalog-graph?rootEntityRefs[]="

# Each with the CPU that it may cost, in ms, where there is a bar.
PAGES = {
    "health": (HEALTH, None),
    "home": ("/", None),
    "catalog": ("/catalog?filters[kind]=component", 2),
    "catalog of all kinds": ("/catalog?filters[kind]=all", None),
    "catalog of a filter": ("/catalog?filters[type]=service&filters[lifecycle]=production", None),
    "catalog of a text": ("/catalog?filters[text]=invoice", None),
    "catalog of one hundred": ("/catalog?filters[kind]=component&limit=100", None),
    "all values of a filter": ("/catalog?filters[kind]=all&more=owners", None),
    "values that are sought": ("/catalog?filters[kind]=all&more=owners&find=market", None),
    "owned by a large team": ("/catalog?filters[kind]=all&filters[owners]=group:default/extreme-team", None),
    "component": (f"{_COMPONENT}/owned-7", None),
    "component's history": (f"{_COMPONENT}/owned-7/history", None),
    "component's inspection": (f"{_COMPONENT}/owned-7/inspect", None),
    "1,000 relations": (f"{_COMPONENT}/many-relations", 10),
    "1,000 relations, tab": (f"{_COMPONENT}/many-relations/dependencies", 10),
    "1,000 relations, all": (f"{_COMPONENT}/many-relations/dependencies?of=dependsOn", 10),
    "1,000 relations, inspection": (f"{_COMPONENT}/many-relations/inspect", None),
    "1,000 relations to nothing": (f"{_COMPONENT}/dangling-relations", 10),
    "500 tags": (f"{_COMPONENT}/many-tags", None),
    "300 links": (f"{_COMPONENT}/many-links", None),
    "400 annotations": (f"{_COMPONENT}/many-annotations", None),
    "400 annotations, inspection": (f"{_COMPONENT}/many-annotations/inspect", None),
    "20,000 characters": (f"{_COMPONENT}/long-description", None),
    "owner of 20,000": (_TEAM, None),
    "owner of 20,000, tab": (f"{_TEAM}/owned", None),
    "owner of 20,000, deep in": (f"{_TEAM}/owned?of=ownerOf&from=15000", None),
    "owner of 20,000, inspection": (f"{_TEAM}/inspect", None),
    "400 members": ("/catalog/default/group/crowd", None),
    "groups 30 deep": ("/catalog/default/group/nested-0", None),
    "groups in a circle": ("/catalog/default/group/circle-0", None),
    "system of 6,000": ("/catalog/default/system/extreme-system-0", None),
    "definition of 5 MB, JSON": (f"{_API}/huge-json/definition", None),
    "definition of 5 MB, YAML": (f"{_API}/huge-yaml/definition", None),
    "definition of 5 MB, broken": (f"{_API}/huge-brackets/definition", None),
    "overview of such an API": (f"{_API}/huge-json", None),
    "inspection of such an API": (f"{_API}/huge-json/inspect", None),
    "history of such an API": (f"{_API}/huge-json/history", None),
    "relations, one step": (f"{_GRAPH}component:default/owned-7&maxDepth=1", None),
    "relations, three steps": (f"{_GRAPH}component:default/owned-7&maxDepth=3", None),
    "relations, everything": (f"{_GRAPH}component:default/owned-7&maxDepth=∞", None),
    "relations of 1,000": (f"{_GRAPH}component:default/many-relations&maxDepth=1", None),
    "relations as a list": (f"{_GRAPH}component:default/many-relations&maxDepth=∞&view=list", None),
    "stars": ("/starred", None),
    "leading to what is found": ("/go?query=invoice", None),
    "settings": ("/settings", None),
    "registration": ("/catalog-import", None),
    "deployment": ("/devtools", None),
    "ingestion": ("/devtools/ingestion", None),
    "ingestion, what is sought": ("/devtools/ingestion?find=catalog-7", None),
    "unknown entity": (f"{_COMPONENT}/owned-seven", None),
}

# Nobody looks at these all day.
HARD = {name for name, (path, _) in PAGES.items()
        if any(mark in path for mark in ["extreme-", "/many-", "dangling", "/long-", "/huge-", "maxDepth=∞", "find=",
                                         "crowd", "nested", "circle", "owned-seven"])}


def sign_in(server):
    """The cookie of a guest's session."""
    connection = server.connect()
    connection.request("POST", "/sign-in/guest", body="return=%2F", headers={
        "Content-Type": "application/x-www-form-urlencoded", "Host": f"localhost:{server.port}",
        "Origin": f"http://localhost:{server.port}"})
    answer = connection.getresponse()
    answer.read()
    cookie = answer.getheader("Set-Cookie")
    if not cookie:
        raise SystemExit(f"Signing in answered {answer.status}")
    return cookie.split(";")[0]


def target(path):
    return urllib.parse.quote(path, safe="/?&=[]:+,")


def cpu_seconds(process):
    """Of all its threads, also those that have ended, by the clock of another process (clock_getcpuclockid(3))."""
    return time.clock_gettime(~process << 3 | 2)


def alone(server, headers, path, rounds=5):
    """CPU in ms for one answer, the lowest of some rounds: what else runs in the process only adds. And its bytes."""
    connection = server.connect()

    def fetch():
        connection.request("GET", target(path), headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()

    status, body = fetch()
    start = time.perf_counter()
    fetch()
    count = max(2, min(40, int(0.15 / (time.perf_counter() - start))))
    costs = []
    for _ in range(rounds):
        before = cpu_seconds(server.process.pid)
        for _ in range(count):
            fetch()
        costs.append((cpu_seconds(server.process.pid) - before) * 1000 / count)
    return status, len(body), min(costs)


async def together(server, headers, paths, hard):
    """Milliseconds of each answer by path, with all users at once."""
    times = {path: [] for path in paths + hard}
    start = time.perf_counter()
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())

    async def user(number):
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        own = hard if number == 0 and hard else paths
        offset = number * len(own) // USERS
        for path in itertools.cycle(own[offset:] + own[:offset]):
            sent = time.perf_counter()
            if sent - start > WARMING + SECONDS:
                break
            writer.write(f"GET {target(path)} HTTP/1.1\r\n{head}\r\n".encode())
            header = await reader.readuntil(b"\r\n\r\n")
            length = next(line for line in header.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            await reader.readexactly(int(length.split(b":")[1]))
            if sent - start > WARMING:
                times[path].append((time.perf_counter() - sent) * 1000)
        writer.close()

    await asyncio.gather(*(user(number) for number in range(USERS)))
    return times


def p95(values):
    return statistics.quantiles(values, n=20)[18] if len(values) > 1 else float("nan")


def measure(server, pages=None):
    """A table of all pages; the number of bars that are missed."""
    pages = pages or PAGES
    headers = {"Host": f"localhost:{server.port}", "Cookie": sign_in(server), "Accept-Encoding": "gzip"}
    costs = {name: alone(server, headers, path) for name, (path, _) in pages.items()}
    daily, hard = ([path for name, (path, _) in pages.items() if (name in HARD) == is_hard] for is_hard in [False, True])
    times = asyncio.run(together(server, headers, daily, hard))
    health = statistics.median(times[HEALTH]) if times.get(HEALTH) else float("nan")
    print("\n| page | CPU, ms | KB packed | p95 with 16 users, ms | median to /healthz | |\n|---|---|---|---|---|---|")
    missed = 0
    for name, (path, bar) in pages.items():
        status, size, cost = costs[name]
        late, ratio = p95(times[path]), statistics.median(times[path] or [float("nan")]) / health
        faults = [fault for fault, is_so in [
            (f"answers {status}", status not in (200, 404)), (f"CPU over {bar} ms", bar and cost >= bar),
            ("too large", size > MOST_PACKED), (f"p95 over {MOST_P95_MS} ms", late >= MOST_P95_MS)] if is_so]
        missed += bool(faults)
        print(f"| {name} | {cost:.2f} | {size / 1000:.1f} | {late:.0f} | {ratio:.1f} | {', '.join(faults)} |", flush=True)
    answered = sum(len(values) for values in times.values())
    print(f"\n{answered / SECONDS:.0f} pages/s in rotation; {missed} of {len(pages)} pages miss a bar.")
    return missed


def catalog(program, folder, entities):
    """A generated catalog with the extremes beside it; so many entities in all."""
    os.makedirs(f"{folder}/made")
    extremes.write(f"{folder}/extremes")
    subprocess.run([program, "generate", "--entities", str(entities - extremes.OWNED), "--seed", "7", f"{folder}/made"],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait_for_all(server):
    """Until the number of entities has stood still for some seconds."""
    connection, last, since = server.connect(), -1, time.monotonic()
    while time.monotonic() - since < 5 or last < extremes.OWNED:
        count = json.loads(request(connection, "/api/catalog/entities/by-query?limit=0")[1])["totalItems"]
        if count != last:
            last, since = count, time.monotonic()
        time.sleep(0.5)
    return last


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entities", type=int, default=100_000)
    parser.add_argument("--program", default=".build/release/callboard")
    parser.add_argument("--folder", help="keeps catalog and database here, and takes what is there already")
    parser.add_argument("--only", help="pages whose name holds this text")
    options = parser.parse_args()
    folder = options.folder or tempfile.mkdtemp(prefix="callboard-pages-")
    try:
        if not os.path.exists(f"{folder}/made"):
            catalog(options.program, folder, options.entities)
        with Server(options.program, folder, [f"{folder}/extremes/*.yaml", f"{folder}/made/**/*.yaml"]) as server:
            server.wait_until_ready()
            print(f"{wait_for_all(server)} entities", flush=True)
            chosen = {name: page for name, page in PAGES.items() if (options.only or name) in name or name == "health"}
            measure(server, chosen)
    finally:
        if not options.folder:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
