"""Settings of the test runs: the portal's own, with a data folder that is thrown away.

The environment is set before the portal's settings are read, so no test touches the data of a
copy that somebody uses, and what a developer exported for that copy changes no result.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Memory where there is some: SQLite waits for the disk at each commit, as it should in real life.
_memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
_folder = tempfile.mkdtemp(prefix="portal-tests-", dir=_memory)
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

for _name in ("SECRET_KEY", "EMAIL_URL", "IMAP_URL", "TRUSTED_PROXY_COUNT", "HOST", "PORT"):
    os.environ.pop(_name, None)
os.environ |= {"DATA_DIR": _folder, "PORTAL_MODE": "demo", "RELEASE": "tests"}
# Playwright's event loop lives in the thread of the tests; Django would refuse the ORM there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

from portal.settings import *  # noqa: E402, F403
from portal.settings import CACHES, DATABASES, STORAGES  # noqa: E402

STATIC_ROOT = Path(_folder) / "static"
STATIC_ROOT.mkdir()
REAL_STORAGES = STORAGES
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {
    **CACHES,
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "default",
    },
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads and the browser's server get connections of their own, as live.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_folder) / "test.sqlite3")}
else:
    # Making a database may take longer than a page may wait.
    DATABASES["default"]["OPTIONS"] = {
        **DATABASES["default"]["OPTIONS"],
        "options": "-c statement_timeout=30000",
    }
