#!/usr/bin/env python3
"""Contract tests: requests that a description of the API allows, and requests that it forbids, are sent to a portal, and
its answers are held to the description. `make contract FACTOR=1`.

There are two descriptions: the portal's own, of which nothing may fail, and upstream's of the catalog, which contradicts
itself here and there: what fails of it must be in `differences.json`, with the reason.
"""

import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from findings import Differences, findings
from portal import TOKEN, Portal

FOLDER = pathlib.Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
UPSTREAM = ROOT.parent / "shared" / "vendor-apis" / "backstage" / "catalog-backend.openapi.yaml"
SCHEMATHESIS = pathlib.Path(sys.executable).parent / "schemathesis"
# Requests for each operation where the factor is 1.
EXAMPLES = 400
FEWEST_EXAMPLES = 4
# The same requests each time; another number sends others.
SEED = 20260101


class Suite:
    """One run of one description with the credentials of somebody."""

    def __init__(self, name, description, base, token, config, differences, paths=None):
        """`paths` is a pattern of those that are asked; None for all."""
        self.name = name
        self.paths = paths
        self.description = description
        self.base = base
        self.token = token
        self.config = config
        self.differences = differences

    def run(self, examples, seed, folder):
        """Whether all is well; what is not is printed."""
        report = folder / "report.ndjson"
        start = time.monotonic()
        done = subprocess.run(
            [SCHEMATHESIS, "--config-file", FOLDER / self.config, "run", self.description, "--url", self.base,
             "-H", f"Authorization: Bearer {self.token}", "--phases", "examples,coverage,fuzzing,stateful",
             "--workers", "1", "--seed", str(seed), "--max-examples", str(examples),
             *(["--include-path-regex", self.paths] if self.paths else []), "--continue-on-failure", "--warnings", "off", "--report", "ndjson", "--report-ndjson-path", report],
            cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1) or not report.exists():
            print(f"{self.name}: schemathesis did not run:\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
            return False
        sent, found, broken = findings(report)
        unknown = [finding for finding in found if not self.differences.knows(finding)]
        seconds = time.monotonic() - start
        print(f"{self.name}: {sent} requests in {seconds:.0f} s, {len(unknown)} failures, "
              f"{len(found) - len(unknown)} known differences")
        for finding in unknown:
            print(finding.text)
        for text in broken:
            print(f"  could not be tested: {text}")
        return not unknown and not broken and sent > 0


# What answers a person otherwise than a program.
PERSONAL = r"^/(api/(user-settings|auth|permission|callboard)/|metrics)"
# From this factor on a person asks for everything, too.
WHOLE_FACTOR = 0.25


def suites(portal, folder, factor):
    """The portal's description as a program and as a person, and upstream's where it is at hand."""
    own = folder / "own.json"
    own.write_bytes(portal.get("/api/callboard/openapi.json"))
    nothing = Differences([])
    yield Suite("Own description, as a program", own, portal.url, TOKEN, "own.toml", nothing)
    paths = None if factor >= WHOLE_FACTOR else PERSONAL
    yield Suite("Own description, as a guest", own, portal.url, portal.guest_token(), "own.toml", nothing, paths)
    if UPSTREAM.exists():
        known = Differences(json.loads((FOLDER / "differences.json").read_text()))
        yield Suite(
            "Upstream's description", UPSTREAM, f"{portal.url}/api/catalog", TOKEN, "upstream.toml", known)
    else:
        print("SKIPPED: upstream's description, because it is not at hand")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default=str(ROOT / ".build" / "debug" / "callboard"))
    parser.add_argument("--factor", type=float, default=0.02, help="1 for the full number of requests")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    examples = max(FEWEST_EXAMPLES, round(EXAMPLES * options.factor))
    folder = pathlib.Path(tempfile.mkdtemp(prefix="callboard-contract-"))
    is_well = True
    try:
        with Portal(options.program) as portal:
            for suite in suites(portal, folder, options.factor):
                is_well = suite.run(examples, options.seed, folder) and is_well
            if not portal.is_running:
                print("The portal has ended.")
                is_well = False
            for line in portal.errors():
                print(f"The log has an error: {line}")
                is_well = False
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"Contract tests: {'passed' if is_well else 'FAILED'} (seed {options.seed}, {examples} examples an operation)")
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
