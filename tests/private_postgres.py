"""A PostgreSQL server of our own for the length of a test run: fresh, on a free port, and gone afterwards."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

WHAT_TO_TYPE = "PostgreSQL is not installed, and these tests need it. Type: sudo apt-get install postgresql"


class NoPostgres(Exception):
    """There is no PostgreSQL on this machine."""


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs; Debian keeps them out of the PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = str(debian[-1]) if debian else shutil.which(name)
    if not found:
        raise NoPostgres(WHAT_TO_TYPE)
    return found


def unprivileged() -> dict[str, object]:
    """As whom to start the server: it refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_ready(server: subprocess.Popen[bytes], port: int) -> None:
    """Return once the server answers; fail when it ends or stays silent for 30 seconds."""
    for _ in range(300):
        assert server.poll() is None, f"PostgreSQL ended with {server.returncode} before it answered"
        try:
            psycopg.connect(host="127.0.0.1", port=port, user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("PostgreSQL did not answer within 30 seconds")


@contextlib.contextmanager
def private_postgres() -> Iterator[int]:
    """Start a server and give its port. It trusts everybody on this machine and does not sync: for tests only."""
    initdb, postgres = program("initdb"), program("postgres")
    run_as = unprivileged()
    folder = tempfile.mkdtemp(prefix="pg_")
    if run_as:
        os.chown(folder, run_as["user"], run_as["group"])
    env = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": folder}
    command = [initdb, "-D", f"{folder}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    command += ["--locale=C.UTF-8", "--no-sync"]
    subprocess.run(command, check=True, capture_output=True, env=env, cwd=folder, **run_as)
    port = free_port()
    command = [postgres, "-D", f"{folder}/data", "-p", str(port), "-c", "listen_addresses=127.0.0.1"]
    command += ["-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
    server = subprocess.Popen(command, env=env, cwd=folder, stderr=subprocess.DEVNULL, **run_as)
    try:
        wait_ready(server, port)
        yield port
    finally:
        # SIGTERM would wait for open sessions for ever.
        server.send_signal(signal.SIGINT)
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)
