#!/usr/bin/env python3
"""Fault tests of the portal: `make faults FACTOR=0.1`. Each prints what was tried, survived and lost."""

import argparse
import shutil
import subprocess
import sys
import tempfile

import crash_sweep
import sync_failure
from portal import Files, Portal

# Name, what is done, and how often in full.
TESTS = [
    ("R1, killed at system calls", crash_sweep.run, 500),
    ("R5, syncs that fail", sync_failure.run, 10),
]


def may_trace():
    """Whether this machine lets one program stop another at its system calls."""
    try:
        command = ["strace", "-qq", "-o", "/dev/null", "-e", "inject=getpid:error=EPERM", "true"]
        return subprocess.run(command, check=False).returncode == 0
    except FileNotFoundError:
        return False


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default=".build/debug/callboard")
    parser.add_argument("--factor", type=float, default=0.05, help="1 for the full number of faults")
    options = parser.parse_args()
    if not may_trace():
        print("SKIPPED: R1 and R5, because strace may not stop programs here")
        return 0
    folder = tempfile.mkdtemp(prefix="callboard-faults-")
    try:
        files = Files()
        passed = True
        for number, (name, run, full) in enumerate(TESTS):
            portal = Portal(options.program, f"{folder}/{number}", files)
            result = run(portal, files, max(4, round(full * options.factor)))
            print(f"{name}: " + ", ".join(f"{what} {value}" for what, value in result.items()), flush=True)
            passed = passed and result["passed"]
        return 0 if passed else 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
