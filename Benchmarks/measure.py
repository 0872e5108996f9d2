"""What the measurements share: a server under test, requests to it, and loads by wrk."""

import http.client
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import tempfile
import time

TOKEN = "bench-token-of-the-operator"
HEADERS = {"Authorization": f"Bearer {TOKEN}"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """The portal on a free port, with a data folder of its own."""

    def __init__(self, program, folder, locations=()):
        self.port = free_port()
        self.folder = folder
        config = {
            "app": {"baseUrl": f"http://localhost:{self.port}"},
            "backend": {
                "listen": f"127.0.0.1:{self.port}",
                "database": {"client": "better-sqlite3", "connection": {"directory": f"{folder}/data"}},
                "auth": {
                    "externalAccess": [{"type": "static", "options": {"token": TOKEN, "subject": "bench"}}]
                },
            },
            "auth": {"providers": {"guest": {"userEntityRef": "user:default/guest"}}},
            "devtools": {"allow": ["user:default/guest"]},
            "catalog": {
                "processingInterval": False,
                "rules": [{"allow": ["Component", "API", "Resource", "System", "Domain", "Group", "User", "Location"]}],
                "locations": [{"type": "file", "target": target} for target in locations],
            },
        }
        os.makedirs(f"{folder}/data", exist_ok=True)
        path = f"{folder}/app-config.yaml"
        with open(path, "w") as file:
            json.dump(config, file)
        self.log = open(f"{folder}/log", "a")
        self.started = time.perf_counter()
        command = [program, "serve"] if os.path.basename(program) == "callboard" else [program]
        self.process = subprocess.Popen([*command, "--config", path], stdout=self.log, stderr=self.log)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def wait_until_ready(self, limit=300):
        """Seconds from the start of the program to the first answer of the catalog page's query."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end:
            if self.process.poll() is not None:
                raise SystemExit(f"The server ended at once; see {self.folder}/log")
            try:
                connection = self.connect()
                if request(connection, "/api/catalog/entities/by-query?limit=20")[0] == 200:
                    return time.perf_counter() - self.started
            except OSError:
                pass
            time.sleep(0.005)
        raise SystemExit("The server did not become ready.")

    def memory_mb(self):
        with open(f"/proc/{self.process.pid}/status") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) / 1024

    def cpu_seconds(self):
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def request(connection, path, method="GET", body=None, headers=None):
    connection.request(method, path, body=body, headers={**HEADERS, **(headers or {})})
    answer = connection.getresponse()
    return answer.status, answer.read(), dict(answer.getheaders())


def median_ms(connection, path, runs=15, headers=None, expected=200):
    """The median time of a request on a connection that is open."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        status, _, _ = request(connection, path, headers=headers)
        times.append((time.perf_counter() - start) * 1000)
        if status != expected:
            raise SystemExit(f"{path} answered {status}")
    return statistics.median(times)


def wrk(server, paths, seconds=8, connections=64):
    """Requests per second and the 99th percentile in ms, with paths in rotation."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua", delete=False) as script:
        script.write("local paths = {\n")
        script.writelines(f"  {json.dumps(path)},\n" for path in paths)
        script.write(
            "}\nlocal at = 0\n"
            f'local headers = {{ ["Authorization"] = "Bearer {TOKEN}" }}\n'
            "request = function()\n  at = at % #paths + 1\n"
            '  return wrk.format("GET", paths[at], headers)\nend\n'
        )
    try:
        output = subprocess.run(
            ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", script.name,
             f"http://127.0.0.1:{server.port}"],
            check=True, capture_output=True, text=True,
        ).stdout
    finally:
        os.unlink(script.name)
    if "Non-2xx" in output:
        raise SystemExit(f"The load saw errors:\n{output}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1))
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", output).groups()
    return rate, float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
