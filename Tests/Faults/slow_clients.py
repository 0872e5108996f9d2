"""R19: thousands of clients that send or read as slowly as they can, beside one that means well."""

import pathlib
import resource
import subprocess
import time

from portal import Portal
from replicas import Session

KINDS = {"headers": "-H", "bodies": "-B", "readers": "-X"}
SECONDS = 40
HONEST_SECONDS = 1.0
MOST_GROWTH = 200 << 20


def has_slowhttptest():
    return pathlib.Path("/usr/bin/slowhttptest").exists()


def run(program, folder, files, count):
    """Of each kind so many connections."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    portal = Portal(program, folder, files)
    portal.start()
    result, worst, growth = {"connections of each kind": count}, 0.0, 0
    try:
        for kind, flag in KINDS.items():
            before = portal.resident_bytes()
            times, most_bytes = _attack(portal, flag, count)
            worst = max(worst, times[int(len(times) * 0.95)])
            growth = max(growth, most_bytes - before)
            result[f"{kind}: honest p95, s"] = round(times[int(len(times) * 0.95)], 3)
            result[f"{kind}: requests"] = len(times)
        result["growth, MiB"] = growth >> 20
        # Whoever was slow is sent away, so that all are gone now.
        end = time.monotonic() + 60
        while portal.connections() > 2 and time.monotonic() < end:
            time.sleep(0.5)
        result["connections left"] = portal.connections()
    finally:
        portal.stop()
    result["passed"] = worst <= HONEST_SECONDS and growth <= MOST_GROWTH and result["connections left"] <= 2
    return result


def _attack(portal, flag, count):
    attack = subprocess.Popen(
        ["slowhttptest", flag, "-c", str(count), "-r", str(max(50, count // 8)), "-i", "5", "-l", str(SECONDS), "-p", "3",
         "-u", f"http://127.0.0.1:{portal.port}/api/catalog/entities", "-x", "24", "-w", "10", "-y", "20", "-z", "4"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    session, times, most_bytes = Session(portal.port), [], 0
    while attack.poll() is None:
        begun = time.monotonic()
        status, _ = session.ask("GET", "/api/catalog/entities?limit=20")
        if status != 200:
            raise SystemExit(f"The honest client was answered {status}")
        times.append(time.monotonic() - begun)
        most_bytes = max(most_bytes, portal.resident_bytes())
        time.sleep(0.05)
    session.close()
    return sorted(times), most_bytes
