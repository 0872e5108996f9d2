"""What the local cluster says to whoever types its commands."""

import contextlib
import io
import json
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "deploy/local-cluster"))
import cluster  # noqa: E402

# Listens where its last configuration says, or refuses to start as the portal would.
PROGRAM = """#!/usr/bin/env python3
import http.server, json, os, pathlib, sys
if os.path.exists(os.path.dirname(sys.argv[-1]) + "/refuse"):
    print("warning: something before")
    print("callboard: The configuration has 9 mistakes:")
    for number in range(9): print(f"  mistake {number}")
    sys.exit(1)
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
host, port = json.load(open(sys.argv[-1]))["backend"]["listen"].split(":")
http.server.HTTPServer((host, int(port)), Answer).serve_forever()
"""


class ClusterTest(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = pathlib.Path(place.name).resolve() / "cluster"

    def make(self):
        self.folder.mkdir()
        (self.folder / "cluster.json").write_text(json.dumps({
            "port": cluster.free_port(), "databasePort": cluster.free_port(), "password": "x", "secret": "y",
            "replicas": [cluster.free_port(), cluster.free_port()]}))
        program = self.folder / "program"
        program.write_text(PROGRAM)
        program.chmod(0o755)
        (self.folder / "started.json").write_text(json.dumps({"program": str(program), "configs": []}))

    def run_command(self, *arguments):
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            cluster.main([*arguments, "--folder", str(self.folder)])
        return said.getvalue()

    def trouble(self, *arguments):
        with self.assertRaises(cluster.Trouble) as caught:
            self.run_command(*arguments)
        return str(caught.exception)

    def test_a_folder_without_a_cluster_is_an_error_and_stays_as_it_is(self):
        for command in (["status"], ["down"], ["stop", "1"], ["start", "database"]):
            self.assertIn(f"there is no local cluster in {self.folder}", self.trouble(*command))
        self.assertFalse(self.folder.exists())

    def test_other_numbers_than_the_folders_are_refused(self):
        self.make()
        said = self.trouble("up", "--replicas", "5")
        self.assertIn("was made with --replicas 2, and 5 is asked for", said)
        self.assertIn(f"cluster.py down --forget --folder {self.folder}", said)
        self.assertIn("was made with --port", self.trouble("up", "--port", "1"))

    def test_one_replica_is_started_and_stopped(self):
        self.make()
        self.addCleanup(lambda: self.run_command("stop", "2"))
        self.assertEqual(self.run_command("start", "2"), "Replica 2 is started.\n")
        self.assertEqual(self.run_command("start", "2"), "Replica 2 runs already.\n")
        runs = [line.split()[-1] == "runs" for line in self.run_command("status").splitlines()]
        self.assertEqual(runs, [False, False, True, False])
        self.assertEqual(self.run_command("stop", "2"), "Replica 2 is stopped.\n")
        self.assertEqual(self.run_command("stop", "2"), "Replica 2 does not run.\n")
        self.assertIn("this cluster has 1 to 2", self.trouble("stop", "3"))

    def test_a_replica_that_does_not_start_says_all_its_mistakes(self):
        self.make()
        (self.folder / "refuse").touch()
        (self.folder / "replica-1.log").write_text("callboard: of an earlier start\n")
        said = self.trouble("start", "1")
        for number in range(9):
            self.assertIn(f"mistake {number}\n", said)
        self.assertIn("has 9 mistakes", said)
        self.assertNotIn("earlier start", said)
        self.assertNotIn("something before", said)

    def test_parts_are_named(self):
        for arguments in (["stop"], ["stop", "two"], ["up", "1"], ["up", "--replicas", "0"]):
            with self.assertRaises(SystemExit), contextlib.redirect_stderr(io.StringIO()):
                cluster.main(arguments)

    def test_how_to_stop_names_the_folder(self):
        options = cluster.parsed(["up", "--folder", "/somewhere/else here"])
        self.assertEqual(
            cluster.command_line("down", options),
            "deploy/local-cluster/cluster.py down --folder '/somewhere/else here'")


if __name__ == "__main__":
    unittest.main()
