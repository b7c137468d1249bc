"""Where a copy of the portal keeps its data, and the secret it makes for itself.

Read by the settings and by the server's supervisor, so it must not import Django.
"""

import os
import secrets
from pathlib import Path

DEMO = "demo"
PRODUCTION = "production"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def write_private(path: Path, text: str) -> None:
    """Write `text` to a file that only its owner can read (mode 0600), replacing it whole."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    part.replace(path)


def own_secret(data_dir: Path) -> str:
    """The secret of a demo copy: made once, kept in `data_dir`, readable by its owner only."""
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / "secret_key"
    if not path.exists():
        write_private(path, secrets.token_urlsafe(50))
    return path.read_text(encoding="utf-8").strip()
