"""Run a command with DATABASE_URL naming a PostgreSQL: `python tools/postgres.py pytest …`.

A DATABASE_URL that already names one is used as it is. Otherwise a cluster is made in a temporary
folder from the server's installed programs, listens on a free loopback port, and is thrown away.
"""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

# Durability off: these data are worth nothing after the run.
SERVER_OPTIONS = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off "
    "-c max_connections=60 -c shared_buffers=64MB -c log_min_messages=fatal"
)


def find_programs() -> Path | None:
    """The folder with `initdb`: on PATH, or the newest of Debian's; None when there is none."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    folders = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(folders, key=lambda folder: float(folder.parent.name), default=None)


def install() -> None:
    """apt's server, without starting a cluster of its own on this machine."""
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    policy = Path("/etc/postgresql-common/createcluster.conf")
    if not policy.exists():
        policy.parent.mkdir(parents=True, exist_ok=True)
        policy.write_text("create_main_cluster = false\n")
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", "postgresql"]):
        subprocess.run(
            ["apt-get", "-qq", *arguments],
            check=True, env=environ, stdin=subprocess.DEVNULL, stdout=sys.stderr,
        )  # fmt: skip


def programs() -> Path:
    found = find_programs()
    if not found and os.geteuid() == 0 and Path("/etc/debian_version").exists():
        install()
        found = find_programs()
    if not found:
        sys.exit("PostgreSQL's server programs are missing: install them, or set DATABASE_URL.")
    return found


def other_user() -> dict:
    """initdb refuses root, so a cluster of root's runs as `postgres`, or as nobody."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = known.get("postgres") or known["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def cluster(options: str = SERVER_OPTIONS):
    """A running PostgreSQL; gives its address. Stopped and deleted at the end, whatever happens."""
    binaries, user, port = programs(), other_user(), free_port()
    folder = Path(tempfile.mkdtemp(prefix="portal-pg-"))
    data, password = folder / "data", secrets.token_hex(16)
    (folder / "password").write_text(password)
    if user:
        for path in (folder, folder / "password"):
            os.chown(path, user["user"], user["group"])

    def call(program, *arguments):
        return subprocess.run(
            [binaries / program, "-D", data, *arguments],
            cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, **user,
        ).returncode  # fmt: skip

    try:
        made = call(
            "initdb", "--no-sync", "--username=portal", "--auth=scram-sha-256",
            f"--pwfile={folder / 'password'}", "--encoding=UTF8", "--locale=C.UTF-8",
        )  # fmt: skip
        listen = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder}"
        started = made == 0 and call(
            "pg_ctl", "-w", "-l", folder / "log", "-o", f"{options} {listen}", "start"
        )
        if made or started:
            log = folder / "log"
            sys.exit("PostgreSQL did not start.\n" + (log.read_text() if log.exists() else ""))
        yield f"postgres://portal:{password}@127.0.0.1:{port}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            call("pg_ctl", "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    if os.environ.get("DATABASE_URL", "").startswith(("postgres://", "postgresql://")):
        return subprocess.run(command).returncode
    with cluster() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
