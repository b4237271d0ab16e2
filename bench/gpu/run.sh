#!/bin/sh
# What a GPU makes of populations from Python, POSIX sh:
#
#   bench/gpu/run.sh      needs `clade` (the wheel of clade-pbt) and a python3 with JAX, optax, PyTorch and scikit-learn
#
# Members that share a device by fractions, each with its variables; members as lanes of one program, as many as one likes.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd -P)
out=$(mktemp -d)
examples=$out/examples
cp -R "$here/examples/python" "$examples"

nvidia-smi --query-gpu=name,memory.total --format=csv,noheader 2>/dev/null || echo 'no GPU here: all of this runs on the CPU'

echo '== four members share each device (resources: {gpus: 0.25})'
sed 's|^trainer: .*|trainer: {session: [sh, devices.sh]}\nresources: {gpus: 0.25}|' "$examples/torch_digits.yaml" >"$examples/quarter.yaml"
cat >"$examples/devices.sh" <<'EOF'
echo "slot $CLADE_SLOT devices ${CUDA_VISIBLE_DEVICES-none} memory ${XLA_PYTHON_CLIENT_MEM_FRACTION-all}"
exec python3 torch_digits.py
EOF
clade run "$examples/quarter.yaml" --store "sqlite:///$out/quarter.db" --to "$out/quarter" | tail -n 24
clade verify torch-digits --bytes --store "sqlite:///$out/quarter.db"
find "$out" -path '*logs*' -name 'slot-*' -exec cat {} + | sort -u

echo '== lanes, without Clade: one program of JAX'
for width in 1 8 64 256 1024; do
    python3 "$here/bench/gpu/lanes.py" $width
done
echo '   four programs of one lane beside one another'
for _ in 1 2 3 4; do
    XLA_PYTHON_CLIENT_MEM_FRACTION=0.2 python3 "$here/bench/gpu/lanes.py" 1 2000 &
done
wait

echo '== lanes, under Clade'
for width in 16 256; do
    sed "s|^population: .*|population: $width|; s|lanes: 16}|lanes: $width}|; s|^name: .*|name: lanes-$width|" \
        "$examples/jax_lanes.yaml" >"$examples/lanes-$width.yaml"
    sed "s|^LANES = 16|LANES = $width|" "$examples/jax_lanes.py" >"$examples/jax_lanes_$width.py"
    sed -i "s|jax_lanes.py|jax_lanes_$width.py|" "$examples/lanes-$width.yaml"
    clade run "$examples/lanes-$width.yaml" --store "sqlite:///$out/lanes.db" --to "$out/lanes-$width" | tail -n 22 | head -n 8
    clade show lanes-$width --store "sqlite:///$out/lanes.db" | grep -E '^  (decisions|time) '
    clade verify lanes-$width --store "sqlite:///$out/lanes.db"
done
rm -rf "$out"
echo "== left behind: $(pgrep -fc "$out" || true) processes"
