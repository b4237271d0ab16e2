#!/bin/sh
# Trains one real Atari game under PBT and under random search, equal draws and steps, and prints the table of
# `clade compare` beside the score of random play. Installs the emulator, with its games, into bench/target/atari. POSIX sh.
#
#   bench/run atari [OPTIONS of clade compare]      one seed; two cores: a quarter of an hour; again: shows what came of it
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd -P)
made=$here/bench/target/atari
[ -x "$made/bin/python" ] || python3 -m venv "$made"
PATH=$made/bin:$PATH
export PATH
pip install -q --disable-pip-version-check "$here/python[atari]"

python "$here/bench/python/atari_random.py"
exec "$here/clade" compare "$here/bench/atari.yaml" --seeds 1 --tuners pbt,random --store "sqlite:///$made/clade.db" \
    --to "$made/compare" "$@"
