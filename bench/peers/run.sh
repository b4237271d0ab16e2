#!/bin/sh
# Trains the same members under Ray Tune, Syne Tune and Clade, and prints what each of them costs and loses. Makes a
# virtual environment with the peers in bench/target/peers: 1.6 GB. About 25 minutes, and 10 GB of a temporary folder.
#
#   bench/run peers [--only a,b,...] [--tool ray,syne,clade] [--seeds N] [--json FILE]
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd -P)
made=$here/bench/target/peers
python=$made/bin/python
wanted=$here/bench/peers/requirements.txt
if ! cmp -s "$wanted" "$made/installed.txt"; then
    python3 -m venv "$made"
    "$python" -m pip install -q --disable-pip-version-check -r "$wanted"
    cp "$wanted" "$made/installed.txt"
fi
[ ! -d "$here/python" ] || "$python" -m pip install -q --disable-pip-version-check --no-deps "$here/python"
exec "$python" "$here/bench/peers/peers.py" "$@"
