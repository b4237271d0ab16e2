#!/bin/sh
# Runs what `clade schedule` exports for PyTorch, optax and Keras in the optimisers of these frameworks, and compares
# the values that were in force with the schedule as data. Installs them into bench/target/python. POSIX sh.
#
#   bench/run exports [--torch]     --torch: the real PyTorch, too (gigabytes); else a stand-in with param_groups
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd -P)
made=$here/bench/target/exports
rm -rf "$made"
mkdir -p "$made"

python=$here/bench/target/python/bin/python
[ -x "$python" ] || python3 -m venv "$here/bench/target/python"
"$python" -m pip install -q --disable-pip-version-check -r "$here/bench/python/requirements.txt"
[ "${1-}" != --torch ] || "$python" -m pip install -q --disable-pip-version-check torch

store=sqlite:///$made/clade.db
"$here/clade" run "$here/bench/python/exports.yaml" --store "$store" --to "$made/run" >"$made/run.txt"
for form in csv json pytorch optax keras; do
    "$here/clade" schedule exports -f $form --store "$store" >"$made/found_$form"
    "$here/clade" schedule exports -f $form --knots 4 --store "$store" >"$made/knots_$form"
done
KERAS_BACKEND=${KERAS_BACKEND:-jax} JAX_PLATFORMS=${JAX_PLATFORMS:-cpu} exec "$python" "$here/bench/python/exports.py" "$made"
