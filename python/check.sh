#!/bin/sh
# Tests the Python package, and runs the examples that need no large framework, POSIX sh:
#
#   python/check.sh      in an environment of its own, target/python; it needs python3 (3.10 or newer) and the registry
set -eu
here=$(cd "$(dirname "$0")/.." && pwd -P)
home=$here/target/python
[ -x "$home/bin/python" ] || python3 -m venv "$home"
"$home/bin/pip" install -q --disable-pip-version-check "$here/python[test,atari]" scikit-learn jax optax keras nbclient ipykernel
PATH=$home/bin:$PATH
CLADE_COMMAND=$here/clade
export PATH CLADE_COMMAND

echo '-- tests of the package'
(cd "$here/python" && KERAS_BACKEND=jax python -m pytest)

out=$home/runs
rm -rf "$out"
mkdir -p "$out"
for example in session command python/sklearn_digits python/jax_lanes python/cartpole; do
    echo "-- examples/$example.yaml"
    name=$(sed -n 's/^name: *\([^ ]*\).*/\1/p' "$here/examples/$example.yaml")
    "$here/clade" doctor "$here/examples/$example.yaml"
    "$here/clade" run "$here/examples/$example.yaml" --store "sqlite:///$out/clade.db" --to "$out/$name"
    "$here/clade" verify "$name" --bytes --store "sqlite:///$out/clade.db"
done

echo '-- examples/python/notebook.ipynb'
cp "$here/examples/python/notebook.ipynb" "$out/"
(cd "$out" && jupyter execute notebook.ipynb)

echo '-- a real Atari game: killed, resumed, proved'
store=sqlite:///$out/atari.db
"$here/clade" run "$here/python/tests/atari.yaml" --store "$store" --to "$out/atari" >"$out/atari.txt" 2>&1 &
run=$!
until grep -Eq ' ([3-9]|[1-9][0-9]+) segments' "$out/atari.txt"; do
    kill -0 $run 2>/dev/null || { cat "$out/atari.txt"; echo 'check: it ended before it was killed' >&2; exit 1; }
    sleep 0.2
done
kill -9 $run
"$here/clade" resume atari-short --store "$store" --to "$out/atari" >"$out/atari.txt" 2>&1 || { cat "$out/atari.txt"; exit 1; }
tail -n 30 "$out/atari.txt"
"$here/clade" verify atari-short --bytes --store "$store"
grep -q 'with 1 picture of the winner' "$out/atari.txt" || { echo 'check: no game was drawn' >&2; exit 1; }
grep -Eq ' [1-9][0-9]* cop(y|ies) ' "$out/atari.txt" || { echo 'check: no member was copied' >&2; exit 1; }
