#!/bin/sh
# Tests the Python package, and runs the examples that need no large framework, POSIX sh:
#
#   python/check.sh      in an environment of its own, target/python; it needs python3 (3.10 or newer) and the registry
set -eu
here=$(cd "$(dirname "$0")/.." && pwd -P)
home=$here/target/python
[ -x "$home/bin/python" ] || python3 -m venv "$home"
"$home/bin/pip" install -q --disable-pip-version-check "$here/python[test]" scikit-learn jax optax keras nbclient ipykernel
PATH=$home/bin:$PATH
CLADE_COMMAND=$here/clade
export PATH CLADE_COMMAND

echo '-- tests of the package'
(cd "$here/python" && KERAS_BACKEND=jax python -m pytest)

out=$home/runs
rm -rf "$out"
mkdir -p "$out"
for example in session command python/sklearn_digits python/jax_lanes; do
    echo "-- examples/$example.yaml"
    name=$(sed -n 's/^name: *\([^ ]*\).*/\1/p' "$here/examples/$example.yaml")
    "$here/clade" doctor "$here/examples/$example.yaml"
    "$here/clade" run "$here/examples/$example.yaml" --store "sqlite:///$out/clade.db" --to "$out/$name"
    "$here/clade" verify "$name" --bytes --store "sqlite:///$out/clade.db"
done

echo '-- examples/python/notebook.ipynb'
cp "$here/examples/python/notebook.ipynb" "$out/"
(cd "$out" && jupyter execute notebook.ipynb)
