#!/bin/sh
# Install a lock file into .venv: tools/install.sh requirements.lock
#
# uv does it in seconds and is itself installed from a lock file, into a small virtualenv of its
# own. Where uv cannot be had (an uncommon machine, no wheel), pip does the same from the same
# hashes. Every package is checked against its hash, whichever of the two installs it.
set -eu

lock=$1
tool=.venv/uv-tool

# uv does not read pip's configuration: an index that the machine prescribes is handed over in the
# environment for this run only, and written nowhere.
if [ -z "${UV_DEFAULT_INDEX:-}" ]; then
    index=${PIP_INDEX_URL:-$(python3 -m pip config get global.index-url 2>/dev/null || true)}
    if [ -n "$index" ]; then
        UV_DEFAULT_INDEX=$index
        export UV_DEFAULT_INDEX
    fi
fi

if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "The portal needs Python 3.11 or newer; python3 is $(python3 --version 2>&1)." >&2
    exit 2
fi
if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    echo "Python came without venv. On Debian or Ubuntu: apt-get install python3-venv" >&2
    exit 2
fi

get_uv() {
    [ requirements-uv.lock -ot "$tool/installed" ] && return 0
    python3 -m venv "$tool" &&
        "$tool/bin/python" -m pip install --quiet --disable-pip-version-check \
            --require-hashes --only-binary :all: -r requirements-uv.lock &&
        touch "$tool/installed"
}

if get_uv; then
    # --allow-existing: the virtualenv's folder holds uv's own one already.
    [ -x .venv/bin/python ] ||
        "$tool/bin/uv" venv --quiet --allow-existing --no-python-downloads --python python3 .venv
    [ "$lock" = requirements-uv.lock ] ||
        "$tool/bin/uv" pip install --quiet --python .venv/bin/python --require-hashes -r "$lock"
else
    echo "uv could not be installed; pip does the same, more slowly." >&2
    [ -x .venv/bin/pip ] || python3 -m venv .venv
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
fi
