#!/usr/bin/env python3
"""Fault tests of the portal: `make faults FACTOR=0.1`. Each prints what was tried, survived and lost."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import clock_skew
import crash_sweep
import database_restart
import database_stuck
import disk_full
import history_check
import ingest_load
import replica_kill
import rolling_restart
import same_request
import slow_clients
import soak
import sync_failure
from portal import Files

# Name, what is done, how often in full and how often at least.
TESTS = [
    ("R1", "killed at system calls", crash_sweep.run, 500, 4),
    ("R2", "killed every few seconds", soak.run, 360, 2),
    ("R4", "a full disk", disk_full.run, 10, 1),
    ("R5", "syncs that fail", sync_failure.run, 10, 2),
    ("R7", "PostgreSQL restarts", database_restart.run, 20, 1),
    ("R8", "PostgreSQL slow and stuck", database_stuck.run, 5, 1),
    ("R9", "a replica killed", replica_kill.run, 30, 1),
    ("R10", "rolling restarts", rolling_restart.run, 30, 3),
    ("R11", "a replica frozen", replica_kill.run_frozen, 10, 1),
    ("R12", "an order of what was seen", history_check.run, 20, 0.1),
    ("R13", "the same request at once", same_request.run, 100, 5),
    ("R16", "clocks an hour off", clock_skew.run, 5, 1),
    ("R17", "a large catalog while people read", ingest_load.run, 100_000, 5_000),
    ("R19", "slow clients", slow_clients.run, 4_000, 400),
]
# Those that take a minute or more however little is asked of them.
LONG = ["R8", "R9", "R11", "R12", "R16", "R17", "R19"]


def may_trace():
    """Whether this machine lets one program stop another at its system calls."""
    try:
        command = ["strace", "-qq", "-o", "/dev/null", "-e", "inject=getpid:error=EPERM", "true"]
        return subprocess.run(command, check=False).returncode == 0
    except FileNotFoundError:
        return False


# Tests that need something of the machine, with how to look for it and why not.
NEEDS = {
    "R1": (may_trace, "strace may not stop programs here"),
    "R4": (disk_full.may_mount, "nothing may be mounted here"),
    "R5": (may_trace, "strace may not stop programs here"),
    "R16": (clock_skew.has_faketime, "faketime is not installed"),
    "R19": (slow_clients.has_slowhttptest, "slowhttptest is not installed"),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default=".build/debug/callboard")
    parser.add_argument("--factor", type=float, default=0.05, help="1 for the full number of faults")
    parser.add_argument("--only", nargs="*", metavar="R1", help="which tests; all where none is named")
    parser.add_argument("--short", action="store_true", help="without those that take a minute each")
    options = parser.parse_args()
    # Whoever ends this ends all that it has started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = tempfile.mkdtemp(prefix="callboard-faults-")
    # The owner of PostgreSQL's files has to come through.
    os.chmod(folder, 0o711)
    try:
        files = Files()
        results = [_run(name, what, run, _count(full, least, options.factor), options, folder, files)
                   for name, what, run, full, least in TESTS
                   if (not options.only or name in options.only) and not (options.short and name in LONG)]
        return 0 if all(results) else 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _count(full, least, factor):
    count = full * factor
    return max(least, count if count < 1 else round(count))


def _run(name, what, run, count, options, folder, files):
    can, why = NEEDS.get(name, (lambda: True, ""))
    if not can():
        print(f"{name}, {what}: SKIPPED, because {why}", flush=True)
        return True
    begun = time.monotonic()
    result = run(options.program, f"{folder}/{name}", files, count)
    verdict = "passed" if result.pop("passed") else "FAILED"
    figures = ", ".join(f"{key} {value}" for key, value in result.items())
    print(f"{name}, {what}: {verdict} in {time.monotonic() - begun:.0f} s: {figures}", flush=True)
    return verdict == "passed"


if __name__ == "__main__":
    sys.exit(main())
