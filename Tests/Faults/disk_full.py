"""R4: the disk of the database is full for a while."""

import pathlib
import subprocess
import time

from portal import Gone, Portal

MEBIBYTES = 32
WRITES = 40
READS = 200
RECOVERY_SECONDS = 5


def may_mount():
    """Whether this machine lets us make a small disk of a file."""
    probe = pathlib.Path("/tmp/callboard-faults-probe")
    probe.mkdir(exist_ok=True)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(probe)], capture_output=True,
                          check=False)
    if done.returncode == 0:
        subprocess.run(["umount", str(probe)], check=False)
    probe.rmdir()
    return done.returncode == 0


def run(program, folder, files, count):
    portal = Portal(program, folder, files)
    result = {"times": 0, "acknowledged": 0, "lost": 0, "writes refused": 0, "other answers": [], "reads failed": 0,
              "slowest recovery, s": 0.0}
    image = pathlib.Path(folder) / "disk"
    with open(image, "wb") as disk:
        disk.truncate(MEBIBYTES << 20)
    for command in (["mkfs.ext4", "-q", "-m", "0", str(image)], ["mount", "-o", "loop", str(image), str(portal.data)]):
        subprocess.run(command, check=True)
    try:
        portal.start()
        kept = set()
        for number in range(count):
            _once(portal, files, number, kept, result)
            result["times"] += 1
        portal.stop()
        portal.start()
        known = {entry["data"]["id"] for entry in portal.ask("GET", "/api/catalog/locations")[1]}
        portal.stop()
        result["acknowledged"] = len(kept)
        found = [f"{identifier} was registered and is not there" for identifier in kept - known]
        found += portal.faults_of_database()
        for trouble in found:
            print(trouble, flush=True)
        result["lost"] = len(found)
    finally:
        subprocess.run(["umount", str(portal.data)], check=False)
    result["passed"] = (
        not result["lost"] and result["writes refused"] > 0 and not result["other answers"]
        and result["reads failed"] * 100 <= READS * count and result["slowest recovery, s"] <= RECOVERY_SECONDS)
    return result


def _once(portal, files, number, kept, result):
    ballast = portal.data / "ballast"
    with open(ballast, "wb") as sink:
        try:
            while True:
                sink.write(bytes(4096))
                sink.flush()
        except OSError:
            pass
    for place in range(WRITES):
        status, identifier = _register(portal, files, f"full-{number}-{place}", result)
        if status == 201:
            kept.add(identifier)
        elif status in (503, 507):
            result["writes refused"] += 1
        else:
            result["other answers"].append(status)
    for _ in range(READS):
        try:
            result["reads failed"] += portal.ask("GET", "/api/catalog/entities?limit=5")[0] != 200
        except Gone:
            result["reads failed"] += 1
    ballast.unlink()
    begun, place = time.monotonic(), 0
    while True:
        status, identifier = _register(portal, files, f"again-{number}-{place}", result)
        place += 1
        if status == 201:
            kept.add(identifier)
            break
        if time.monotonic() - begun > 4 * RECOVERY_SECONDS:
            break
        time.sleep(0.05)
    result["slowest recovery, s"] = max(result["slowest recovery, s"], round(time.monotonic() - begun, 2))


def _register(portal, files, name, result):
    try:
        # A long name: the room that is left in the file is used up soon.
        status, answer = portal.ask(
            "POST", "/api/catalog/locations", {"type": "url", "target": files.url(f"{name}-{'x' * 1_000}")})
    except Gone:
        return "none", None
    return status, answer["location"]["id"] if status == 201 else None
