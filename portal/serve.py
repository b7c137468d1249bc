"""The portal on one machine: web server and worker as children of one light supervisor.

`python -m portal.serve` prepares the data, starts both, starts a dead one again, and stops both
when it is told to. The parent imports nothing of Django: it would cost a hundred megabytes.
"""

import json
import os
import signal
import socket
import sys
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from portal import modes
from portal.children import BASE_DIR, Child, say

GRACE_SECONDS = 20
READY_SECONDS = 600


class CannotStart(Exception):
    """Why the portal does not start, in one sentence for the person at the keyboard."""


@dataclass(frozen=True)
class Config:
    """What the environment says; the settings read the same names."""

    mode: str
    host: str
    port: int
    data_dir: Path
    workers: int
    threads: int
    proxies: int
    public_host: str
    site_url: str

    @property
    def is_demo(self) -> bool:
        return self.mode == modes.DEMO

    @property
    def own_host(self) -> str:
        """The address at which this machine reaches its own server."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104


def read_config(environ=os.environ) -> Config:
    def number(name: str, default: int, least: int = 1) -> int:
        text = environ.get(name) or str(default)
        if not text.isascii() or not text.isdigit() or int(text) < least:
            raise CannotStart(f"{name} debe ser un número desde {least}, y es «{text}».")
        return int(text)

    mode = environ.get("PORTAL_MODE") or modes.DEMO
    if mode not in (modes.DEMO, modes.PRODUCTION):
        raise CannotStart(f"PORTAL_MODE es demo o production, y no «{mode}».")
    host = environ.get("HOST") or "127.0.0.1"
    if mode == modes.DEMO and host not in modes.LOOPBACK:
        raise CannotStart(
            f"La demostración solo atiende a esta máquina: quite HOST={host}, "
            "o use PORTAL_MODE=production."
        )
    public_host = "127.0.0.1"
    if mode == modes.PRODUCTION:  # the health check must name a host that the settings allow
        public_host = environ.get("ALLOWED_HOSTS", "").split(",")[0].lstrip(".*") or "localhost"
    return Config(
        mode=mode,
        host=host,
        port=number("PORT", 8000),
        data_dir=Path(environ.get("DATA_DIR") or BASE_DIR / "var").resolve(),
        workers=number("WEB_WORKERS", 2),
        threads=number("WEB_THREADS", 4),
        proxies=number("TRUSTED_PROXY_COUNT", 0, least=0),
        public_host=public_host,
        site_url=environ.get("SITE_URL", ""),
    )


def make_data_dir(path: Path) -> None:
    """The folder of the data, closed to everybody else."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)
    except OSError as error:
        raise CannotStart(f"No se puede escribir en DATA_DIR={path} ({error.strerror}).") from error


def listen(config: Config) -> socket.socket:
    """Take the port at once and keep it: while a web server starts again, visitors wait in line."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((config.host, config.port))
        listener.listen(2048)
    except (OSError, OverflowError) as error:
        listener.close()
        raise CannotStart(
            f"El puerto {config.port} de {config.host} no está libre ({error}). "
            "Cierre el programa que lo usa, o elija otro: PORT=8001 make run"
        ) from error
    return listener


def web_command(config: Config, listener: socket.socket) -> list[str]:
    """The web server: gunicorn, as `portal.web` runs it. Another server would be named here."""
    command = [
        sys.executable, "-m", "portal.web", "portal.wsgi",
        "--bind", f"fd://{listener.fileno()}",
        "--worker-class", "gthread",
        "--workers", str(config.workers),
        "--threads", str(config.threads),
        "--preload",
        "--graceful-timeout", str(GRACE_SECONDS),
        "--max-requests", "20000",
        "--max-requests-jitter", "2000",
        "--limit-request-line", "4094",
        "--limit-request-fields", "64",
        "--limit-request-field_size", "8190",
        "--forwarded-allow-ips", "127.0.0.1,::1" if config.proxies else "",
        # SCRIPT_NAME and the like never come from a request: the address is the path alone.
        "--forwarder-headers", "NONE",
        "--no-control-socket",
        "--log-level", "warning",
    ]  # fmt: skip
    # The sign of life of a worker is a file: on a busy disk it would block it (gunicorn's FAQ).
    memory = Path("/dev/shm")  # noqa: S108
    if memory.is_dir() and os.access(memory, os.W_OK):
        command += ["--worker-tmp-dir", str(memory)]
    return command


def manage(*arguments: str) -> list[str]:
    return [sys.executable, str(BASE_DIR / "manage.py"), *arguments]


def is_ready(config: Config) -> bool:
    connection = HTTPConnection(config.own_host, config.port, timeout=2)
    try:
        connection.request("GET", "/salud/", headers={"Host": config.public_host})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def welcome(config: Config) -> None:
    """The addresses, and in a demonstration one account for each role."""
    address = f"http://127.0.0.1:{config.port}/"
    if not config.is_demo:
        say(f"El portal está listo: {config.site_url} (en esta máquina, puerto {config.port})")
        return
    say(f"\nEl portal está listo:   {address}   o   http://localhost:{config.port}/")
    say(f"Mesa de trabajo:        {address}gestion/")
    try:
        logins = json.loads((config.data_dir / "demo_logins.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        logins = []
    if logins:
        rows = [("Rol", "Usuario", "Contraseña")]
        rows += [(one["label"], one["username"], one["password"]) for one in logins]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        say("\nCuentas de la demostración (valen solo en esta copia):")
        for row in rows:
            cells = zip(row, widths, strict=True)
            say("  " + "   ".join(text.ljust(width) for text, width in cells).rstrip())
    say("\nPara terminar: Ctrl-C")


class Supervisor:
    def __init__(self, config: Config, listener: socket.socket):
        self.config, self.listener = config, listener
        self.stopping = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)

    def _stop(self, *_):
        self.stopping = True

    def run(self) -> int:
        command = web_command(self.config, self.listener)
        web = Child("El servidor web", command, keep=(self.listener.fileno(),))
        children = [web]
        web.look_after()
        failure = self._wait_until_ready(web)
        if not self.stopping and not failure:
            welcome(self.config)
            # The worker needs the tables that the web server has just brought up to date.
            children.append(Child("El trabajador", manage("worker")))
        while not self.stopping and not failure:
            for child in children:
                child.look_after()
            time.sleep(0.5)
        self._stop_all(children)
        if failure:
            say(failure)
        return 0 if self.stopping else 1

    def _wait_until_ready(self, web: Child) -> str:
        """Empty when the portal answers, else why it does not. A first start may take its time."""
        limit = time.monotonic() + READY_SECONDS
        while not self.stopping:
            if web.process.poll() is not None:
                return "El portal no pudo comenzar; el motivo está arriba."
            if is_ready(self.config):
                return ""
            if time.monotonic() > limit:
                return "El portal no responde; lea los mensajes de arriba."
            time.sleep(0.05)
        return ""

    def _stop_all(self, children: list[Child]) -> None:
        """Answers under way are finished, mail in hand is sent; then who still runs is killed."""
        for child in children:
            child.ask_to_stop()
        deadline = time.monotonic() + GRACE_SECONDS + 5
        for child in children:
            child.wait_until(deadline)


def main() -> int:
    try:
        config = read_config()
        make_data_dir(config.data_dir)
        listener = listen(config)
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        return 2
    with listener:
        return Supervisor(config, listener).run()


if __name__ == "__main__":
    sys.exit(main())
