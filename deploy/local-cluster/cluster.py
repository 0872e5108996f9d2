#!/usr/bin/env python3
"""PostgreSQL, some replicas of Callboard and nginx before them, all on the loopback interface.

    deploy/local-cluster/cluster.py up              starts them in the background and says where the portal is
    deploy/local-cluster/cluster.py status          says what runs
    deploy/local-cluster/cluster.py stop 2          stops one replica; start 2 starts it again
    deploy/local-cluster/cluster.py stop database   stops PostgreSQL alone; start database starts it again
    deploy/local-cluster/cluster.py down            stops all; the database stays until `down --forget`
"""

import argparse
import json
import os
import pathlib
import secrets
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

START_SECONDS = 60
STOP_SECONDS = 40
# Of a log, where a replica does not start.
LAST_LINES = 20
MOST_LINES = 200


class Trouble(Exception):
    """A sentence for whoever typed the command."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_alive(pid):
    """Whether a process runs; one that has ended and waits to be collected does not."""
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in ("Z", "X")
    except (OSError, IndexError):
        return False


def stop_pid(pid, how=signal.SIGTERM, seconds=STOP_SECONDS):
    """Ends a process and waits for that; by force where it takes too long."""
    if not is_alive(pid):
        return
    os.kill(pid, how)
    end = time.monotonic() + seconds
    while is_alive(pid):
        if time.monotonic() > end:
            os.kill(pid, signal.SIGKILL)
            end += seconds
        try:
            os.waitpid(pid, os.WNOHANG)
        except ChildProcessError:
            pass
        time.sleep(0.02)


class Database:
    """A PostgreSQL server with a folder of its own, reached by TCP with a password."""

    def __init__(self, folder, port, password):
        self.folder = pathlib.Path(folder)
        self.port = port
        self.password = password
        self._data = self.folder / "postgres"
        self._programs = _postgres_programs()

    def start(self):
        if not self._data.exists():
            self._create()
        self._control("start", "-w", "-t", str(START_SECONDS), "-l", str(self._data / "log"), "-o",
                      f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= "
                      "-c max_connections=200")
        self.run("SELECT 1", database="postgres")
        if "portal" not in self.run("SELECT datname FROM pg_database", database="postgres").split():
            self.run("CREATE DATABASE portal", database="postgres")

    def stop(self, mode="fast"):
        self._control("stop", "-w", "-t", str(STOP_SECONDS), "-m", mode, check=False)

    def restart(self, mode="immediate"):
        self._control("restart", "-w", "-t", str(START_SECONDS), "-m", mode, "-l", str(self._data / "log"))

    def is_running(self):
        return self._data.exists() and self._control("status", check=False) == 0

    def run(self, statement, database="portal"):
        """The answer to a statement, values separated by | and rows by lines."""
        done = subprocess.run(
            [self._programs / "psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "callboard", "-d", database,
             "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement],
            env={**os.environ, "PGPASSWORD": self.password, "PGCONNECT_TIMEOUT": "5"}, capture_output=True, text=True,
            check=False)
        if done.returncode != 0:
            raise Trouble(f"PostgreSQL: {done.stderr.strip()}")
        return done.stdout.strip()

    def _create(self):
        self._data.mkdir(mode=0o700)
        word = self.folder / "postgres-password"
        word.write_text(self.password)
        if os.getuid() == 0:
            for path in (self._data, word):
                shutil.chown(path, "postgres", "postgres")
        self._as_owner(self._programs / "initdb", "-D", self._data, "-U", "callboard", "--pwfile", word, "-A",
                       "scram-sha-256", "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync")
        word.unlink()

    def _control(self, command, *arguments, check=True):
        return self._as_owner(self._programs / "pg_ctl", command, "-D", self._data, *arguments, check=check)

    def _as_owner(self, *command, check=True):
        # PostgreSQL refuses to run as root.
        prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if os.getuid() == 0 else []
        with open(self.folder / "postgres.log", "ab") as log:
            code = subprocess.run([*prefix, *map(str, command)], stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                                  cwd="/", check=False).returncode
        if check and code != 0:
            raise Trouble(f"{pathlib.Path(command[0]).name} failed; see {self.folder}/postgres.log")
        return code


def _postgres_programs():
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if found:
        return found[-1].parent
    beside = shutil.which("pg_ctl")
    if beside:
        return pathlib.Path(beside).parent
    raise Trouble("PostgreSQL's server is not installed: apt-get install postgresql")


class Replica:
    """One process of the portal on a port of its own."""

    def __init__(self, cluster, number, port):
        self.number = number
        self.port = port
        self._cluster = cluster
        self._pid_file = cluster.folder / f"replica-{number}.pid"
        self._log = cluster.folder / f"replica-{number}.log"
        self._config = cluster.folder / f"replica-{number}.yaml"
        # Where the log of the last start begins.
        self._begun_at = 0

    @property
    def pid(self):
        try:
            return int(self._pid_file.read_text())
        except (OSError, ValueError):
            return None

    def is_running(self):
        return self.pid is not None and is_alive(self.pid)

    def begin(self, environment=None, wrapper=()):
        """Starts it without waiting for it."""
        if self.is_running():
            return
        self._config.write_text(json.dumps(self._cluster.overlay(self.port)))
        self._config.chmod(0o600)
        configs = [part for path in (*self._cluster.configs, self._config) for part in ("--config", str(path))]
        self._begun_at = self._log.stat().st_size if self._log.exists() else 0
        with open(self._log, "ab") as log:
            process = subprocess.Popen(
                [*wrapper, str(self._cluster.program), "serve", *configs], stdout=log, stderr=log,
                stdin=subprocess.DEVNULL, start_new_session=True, env={**os.environ, **(environment or {})})
        self._pid_file.write_text(str(process.pid))

    def wait(self, seconds=START_SECONDS):
        """Waits until it is ready; how long that took."""
        begun = time.monotonic()
        while not self.is_ready():
            if not self.is_running():
                raise Trouble(f"replica {self.number} has ended:\n{self.last_words()}")
            if time.monotonic() - begun > seconds:
                raise Trouble(f"replica {self.number} is not ready after {seconds} s:\n{self.last_words()}")
            time.sleep(0.05)
        return time.monotonic() - begun

    def start(self):
        self.begin()
        return self.wait()

    def is_ready(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/.backstage/health/v1/readiness", timeout=5):
                return True
        except OSError:
            return False

    def resident_bytes(self):
        return int(pathlib.Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def last_words(self):
        """What its last start ended with: all of the program's refusal where there is one, else the last lines."""
        if not self._log.exists():
            return "it said nothing"
        lines = self._log.read_bytes()[self._begun_at:].decode(errors="replace").strip().splitlines()
        refusals = [number for number, line in enumerate(lines) if line.startswith("callboard: ")]
        shown = lines[refusals[-1]:] if refusals else lines[-LAST_LINES:]
        if len(shown) > MOST_LINES:
            shown = shown[:MOST_LINES] + [f"… and {len(shown) - MOST_LINES} more lines"]
        return "\n".join([*shown, f"(all of it: {self._log})"]) if lines else f"it said nothing; see {self._log}"

    def signal(self, number):
        if self.is_running():
            os.kill(self.pid, number)

    def kill(self):
        if self.pid is not None:
            stop_pid(self.pid, signal.SIGKILL)

    def stop(self):
        if self.pid is not None:
            stop_pid(self.pid)


class Cluster:
    """All of it. What was chosen at the first start, ports and secrets, stays in the folder."""

    def __init__(self, folder, program, configs, count=3, port=7007):
        self.folder = pathlib.Path(folder).resolve()
        self.program = pathlib.Path(program).resolve()
        self.configs = [pathlib.Path(path).resolve() for path in configs]
        self.folder.mkdir(parents=True, exist_ok=True)
        # The owner of PostgreSQL's files has to come through.
        self.folder.chmod(0o711)
        self._chosen = self._choices(count, port)
        self.port = self._chosen["port"]
        self.database = Database(self.folder, self._chosen["databasePort"], self._chosen["password"])
        # Between the replicas and the database something may be put in the way.
        self.database_port = self.database.port
        self.replicas = [Replica(self, number + 1, at) for number, at in enumerate(self._chosen["replicas"])]

    def _choices(self, count, port):
        path = self.folder / "cluster.json"
        if path.exists():
            return json.loads(path.read_text())
        chosen = {
            "port": port, "databasePort": free_port(), "replicas": [free_port() for _ in range(count)],
            "password": secrets.token_urlsafe(24), "secret": secrets.token_urlsafe(32),
        }
        path.touch(mode=0o600)
        path.write_text(json.dumps(chosen))
        return chosen

    def remember(self):
        """Keeps what `up` was called with, for a replica that is started by itself later."""
        (self.folder / "started.json").write_text(json.dumps(
            {"program": str(self.program), "configs": [str(path) for path in self.configs]}))

    def replica(self, number):
        if not 1 <= number <= len(self.replicas):
            raise Trouble(f"there is no replica {number}: this cluster has 1 to {len(self.replicas)}")
        return self.replicas[number - 1]

    def overlay(self, port):
        """What a replica's configuration says beside that of its operator."""
        return {
            "app": {"baseUrl": self.url},
            "backend": {
                "baseUrl": self.url, "listen": f"127.0.0.1:{port}",
                "database": {"client": "pg", "connection": {
                    "host": "127.0.0.1", "port": self.database_port, "user": "callboard",
                    "password": self._chosen["password"], "database": "portal"}},
            },
            "auth": {"session": {"secret": self._chosen["secret"]}},
        }

    @property
    def url(self):
        return f"http://localhost:{self.port}"

    def up(self):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                if not self._balancer_pid():
                    probe.bind(("127.0.0.1", self.port))
            except OSError as error:
                raise Trouble(f"port {self.port} is taken; choose another one with --port") from error
        if not self.database.is_running():
            self.database.start()
        for replica in self.replicas:
            replica.begin()
        for replica in self.replicas:
            replica.wait()
        self.balance()

    def down(self):
        pid = self._balancer_pid()
        if pid:
            stop_pid(pid, signal.SIGQUIT)
        for replica in self.replicas:
            replica.signal(signal.SIGTERM)
        for replica in self.replicas:
            replica.stop()
        if self.database.is_running():
            self.database.stop()

    def forget(self):
        self.down()
        shutil.rmtree(self.folder)

    def balance(self):
        """Starts nginx, which hands requests to the replicas in turn."""
        if self._balancer_pid():
            return
        nginx = shutil.which("nginx") or ("/usr/sbin/nginx" if os.path.exists("/usr/sbin/nginx") else None)
        if nginx is None:
            raise Trouble("nginx is not installed: apt-get install nginx-light")
        config = self.folder / "nginx.conf"
        servers = "\n".join(f"    server 127.0.0.1:{replica.port} max_fails=1 fail_timeout=2s;"
                            for replica in self.replicas)
        config.write_text(_NGINX.format(folder=self.folder, port=self.port, servers=servers,
                                        user="user www-data;" if os.getuid() == 0 else ""))
        for name in ("body", "proxy", "other"):
            (self.folder / f"nginx-{name}").mkdir(exist_ok=True)
        done = subprocess.run([nginx, "-e", str(self.folder / "nginx.log"), "-c", str(config)], capture_output=True,
                              text=True, stdin=subprocess.DEVNULL, check=False)
        if done.returncode != 0:
            raise Trouble(f"nginx: {done.stderr.strip()}")

    def _balancer_pid(self):
        try:
            pid = int((self.folder / "nginx.pid").read_text())
            return pid if is_alive(pid) else None
        except (OSError, ValueError):
            return None

    def status(self):
        yield f"nginx       {self.url}", bool(self._balancer_pid())
        for replica in self.replicas:
            yield f"replica {replica.number}   http://127.0.0.1:{replica.port}", replica.is_ready()
        yield f"PostgreSQL  127.0.0.1:{self.database.port}", self.database.is_running()


# A request that no replica has begun to answer goes to the next one; one that may have been done is never sent twice.
_NGINX = """{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log warn;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  client_body_temp_path {folder}/nginx-body;
  proxy_temp_path {folder}/nginx-proxy;
  fastcgi_temp_path {folder}/nginx-other;
  uwsgi_temp_path {folder}/nginx-other;
  scgi_temp_path {folder}/nginx-other;
  client_max_body_size 16m;
  upstream callboard {{
{servers}
    keepalive 64;
  }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://callboard;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_next_upstream error timeout;
      proxy_connect_timeout 2s;
      proxy_read_timeout 90s;
    }}
  }}
}}
"""


ROOT = pathlib.Path(__file__).resolve().parents[2]
DEFAULT_REPLICAS = 3
DEFAULT_PORT = 7007


def default_folder():
    return pathlib.Path(tempfile.gettempdir()) / f"callboard-cluster-{os.getuid()}"


def parsed(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["up", "down", "status", "start", "stop"])
    parser.add_argument("part", nargs="?", help="with start and stop: the number of a replica, or database")
    parser.add_argument("--replicas", type=int, help=f"how many, at the first start ({DEFAULT_REPLICAS})")
    parser.add_argument("--port", type=int, help=f"where nginx listens, at the first start ({DEFAULT_PORT})")
    parser.add_argument("--config", action="append", help="a configuration file, later ones winning (app-config.yaml)")
    parser.add_argument("--program", help="the built program (.build/release/callboard)")
    parser.add_argument("--folder", help=f"where the database, the logs and the ports are kept ({default_folder()})")
    parser.add_argument("--forget", action="store_true", help="with down: the database and all else goes too")
    options = parser.parse_args(arguments)
    if (options.command in ("start", "stop")) != (options.part is not None):
        parser.error("start and stop take the number of a replica, or database; the others take nothing")
    if options.part is not None and options.part != "database" and not options.part.isdecimal():
        parser.error(f"{options.part} is neither the number of a replica nor the word database")
    if options.replicas is not None and not 1 <= options.replicas <= 20:
        parser.error("--replicas is from 1 to 20")
    if options.port is not None and not 1 <= options.port <= 65535:
        parser.error("--port is from 1 to 65535")
    return options


def check_choices(folder, options):
    """Refuses other numbers than those that the folder was made with: they would be taken for what runs."""
    made = json.loads((folder / "cluster.json").read_text())
    for name, wanted, there in (("--replicas", options.replicas, len(made["replicas"])),
                                ("--port", options.port, made["port"])):
        if wanted is not None and wanted != there:
            raise Trouble(
                f"the cluster in {folder} was made with {name} {there}, and {wanted} is asked for. Leave {name} away, "
                f"choose another --folder, or begin anew: {command_line('down --forget', options)}")


def command_line(command, options):
    """What to type for the same cluster."""
    folder = f" --folder {shlex.quote(options.folder)}" if options.folder else ""
    return f"deploy/local-cluster/cluster.py {command}{folder}"


def opened(folder, options):
    """The cluster of a folder, made where there is none."""
    started = folder / "started.json"
    remembered = json.loads(started.read_text()) if options.command == "start" and started.exists() else {}
    program = options.program or remembered.get("program") or ROOT / ".build/release/callboard"
    if options.command in ("up", "start") and options.part != "database" and not pathlib.Path(program).exists():
        raise Trouble(f"{program} is not there: make cluster builds it")
    configs = options.config or remembered.get("configs") or [ROOT / "app-config.yaml"]
    return Cluster(folder, program, configs, options.replicas or DEFAULT_REPLICAS, options.port or DEFAULT_PORT)


def bring_up(cluster, options):
    cluster.remember()
    try:
        cluster.up()
    except Trouble:
        cluster.down()
        raise
    print(f"Callboard is at {cluster.url}, served by {len(cluster.replicas)} replicas. Logs: {cluster.folder}")
    print(f"Stop it with: {command_line('down', options) if options.folder else 'make cluster-down'}")


def switch(cluster, options):
    """Starts or stops one part of what runs."""
    starts = options.command == "start"
    if options.part == "database":
        part, name = cluster.database, "PostgreSQL"
    else:
        part = cluster.replica(int(options.part))
        name = f"Replica {part.number}"
    if part.is_running() == starts:
        print(f"{name} {'runs already' if starts else 'does not run'}.")
    else:
        part.start() if starts else part.stop()
        print(f"{name} is {'started' if starts else 'stopped'}.")


def main(arguments=None):
    options = parsed(arguments)
    folder = pathlib.Path(options.folder or default_folder()).resolve()
    is_there = (folder / "cluster.json").exists()
    if not is_there and options.command != "up":
        raise Trouble(f"there is no local cluster in {folder}; make one: {command_line('up', options)}")
    if is_there:
        check_choices(folder, options)
    cluster = opened(folder, options)
    if options.command == "up":
        bring_up(cluster, options)
    elif options.command == "down":
        cluster.forget() if options.forget else cluster.down()
        print("The local cluster is stopped" + (" and forgotten." if options.forget else "; its database is kept."))
    elif options.command == "status":
        for what, runs in cluster.status():
            print(f"{what:<45} {'runs' if runs else 'does not run'}")
    else:
        switch(cluster, options)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Trouble as trouble:
        print(f"error: {trouble}", file=sys.stderr)
        sys.exit(1)
