"""The supervisor: what it refuses, and that it leaves nobody behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

from portal import serve
from tests.base.mail_server import free_port


def config(**environ):
    return serve.read_config(environ)


def test_the_defaults_are_a_demonstration_for_this_machine_alone():
    plain = config()
    assert (plain.mode, plain.host, plain.port) == ("demo", "127.0.0.1", 8000)
    assert (plain.workers, plain.threads, plain.proxies) == (2, 4, 0)
    assert plain.data_dir.name == "var"


@pytest.mark.parametrize("empty", ["PORT", "HOST", "DATA_DIR", "PORTAL_MODE", "WEB_WORKERS"])
def test_an_empty_variable_is_one_that_is_not_set(empty):
    assert config(**{empty: ""}) == config()


@pytest.mark.parametrize(
    "environ",
    [
        {"HOST": "0.0.0.0"},  # noqa: S104
        {"HOST": "192.0.2.7", "PORTAL_MODE": "demo"},
        {"PORT": "ocho mil"},
        {"PORT": "0"},
        {"PORT": "٣"},
        {"WEB_WORKERS": "-1"},
        {"TRUSTED_PROXY_COUNT": "x"},
        {"PORTAL_MODE": "prod"},
    ],
)
def test_what_cannot_work_is_refused_in_a_sentence(environ):
    with pytest.raises(serve.CannotStart) as refused:
        config(**environ)
    assert str(refused.value).endswith(".")


def test_production_may_listen_everywhere_and_names_an_allowed_host():
    real = config(PORTAL_MODE="production", HOST="::", ALLOWED_HOSTS=".cas.example,x")
    assert (real.own_host, real.public_host) == ("::1", "cas.example")


@pytest.mark.parametrize(("proxies", "believed"), [("0", ""), ("1", "127.0.0.1,::1")])
def test_forwarded_headers_are_believed_only_behind_proxies(proxies, believed):
    with socket.socket() as listener:
        command = serve.web_command(config(TRUSTED_PROXY_COUNT=proxies), listener)
    assert command[command.index("--forwarded-allow-ips") + 1] == believed


def start(folder, port, **environ):
    return subprocess.Popen(
        [sys.executable, "-m", "portal.serve"],
        env={**os.environ, "DATA_DIR": str(folder), "DATABASE_URL": "", "PORTAL_MODE": "demo",
             "HOST": "127.0.0.1", "PORT": str(port), "DJANGO_SETTINGS_MODULE": "portal.settings",
             **environ},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def status(port, path="/salud/"):
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    return connection.getresponse().status


def children_of(pid) -> set[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    own = {int(number) for number in listed.split()}
    return own.union(*(children_of(child) for child in own))


def read_until_ready(process) -> str:
    lines = []
    while not lines or "Ctrl-C" not in lines[-1]:
        line = process.stdout.readline()
        assert line, process.stderr.read()
        lines.append(line)
    return "".join(lines)


def wait_for(condition, seconds=30):
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.05)


def alive(pid) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_taken_port_is_said_in_a_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = start(tmp_path, taken.getsockname()[1])
        out, error = process.communicate(timeout=30)
    assert process.returncode == 2 and out == ""
    assert "no está libre" in error and "Traceback" not in error


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc; kill -9 is heard on Linux only")
def test_the_life_of_a_demonstration(tmp_path):
    """From an empty folder: start, a dead server, kill -9, a second start, an orderly end."""
    folder, port = tmp_path / "data", free_port()
    process = start(folder, port)
    welcome = read_until_ready(process)
    assert f"http://127.0.0.1:{port}/gestion/" in welcome
    assert f"http://localhost:{port}/" in welcome
    assert re.search(r"moderacion\d?\s+\S{12,}", welcome)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (status(port), status(port, "/")) == (200, 200)

    server = min(children_of(process.pid))
    workers = children_of(server)
    os.kill(server, signal.SIGKILL)
    wait_for(lambda: not any(map(alive, workers)))  # what they had taken is lost with them
    assert status(port) == 200  # waited in line while the server came back

    wait_for(lambda: len(children_of(process.pid)) >= 4)
    family = children_of(process.pid)
    process.kill()
    process.wait()
    wait_for(lambda: not any(map(alive, family)))

    again = start(folder, port)
    assert read_until_ready(again).startswith("\nEl portal está listo")
    again.terminate()
    assert again.wait(30) == 0
    assert "Traceback" not in again.stderr.read()
