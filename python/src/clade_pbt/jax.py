"""JAX and optax: states as trees of arrays, saved without pickle; hyperparameters in optax states; lanes.

::

    optimizer = optax.inject_hyperparams(optax.adam)(learning_rate=1e-3)    # so that its values can change
    ...
    opt_state = apply(opt_state, {"lr": 3e-4})
    segment.applied(in_force(opt_state, ["lr"]))

With a schedule on top, chain it: ``optax.chain(optimizer, optax.scale_by_schedule(factor))``; then the value is the
base rate. Needs ``jax``; ``optax`` for :func:`apply` only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import jax
import jax.numpy as jnp
import numpy as np

from . import npz
from .rates import NotApplicable
from .stored import NotFitting

Tree = TypeVar("Tree")
NAMES: dict[str, str] = {"lr": "learning_rate", "beta1": "b1", "beta2": "b2", "wd": "weight_decay"}
"""Hyperparameters that optax has under another name."""


# ---- save and load


def save(tree: Any, folder: Path | str) -> None:
    """Writes all leaves, named by their paths, into ``arrays.npz``. Leaves are arrays, PRNG keys or numbers."""
    npz.write(folder, {path: _plain(leaf) for path, leaf in _leaves(tree)})


def load(folder: Path | str, like: Tree, *, fitting: bool = False) -> Tree:
    """A tree of the structure and types of ``like``, with the leaves of a folder.

    :param fitting: takes the leaves whose shapes and types fit, and the others from ``like``: for a model that was
        built under other values. Give it the weights alone, so that moments begin anew
    :raises NotFitting: if a leaf is missing or of another shape or type
    """
    found = npz.read(folder)
    return _put_in(like, lambda path, leaf: _leaf(path, leaf, found.get(path), fitting))


def _leaf(path: str, leaf: Any, found: Any, fitting: bool) -> Any:
    own = _plain(leaf)
    if found is None or found.shape != own.shape or found.dtype != own.dtype:
        if fitting:
            return leaf
        raise NotFitting(
            f"the checkpoint does not fit at '{path}'.",
            found="nothing." if found is None else f"{found.dtype}{list(found.shape)}.",
            expected=f"{own.dtype}{list(own.shape)}.",
            mend="declare what shapes it as 'change: rebuild' in the experiment file, and load with fitting=True.",
        )
    if _is_key(leaf):
        return jax.random.wrap_key_data(jnp.asarray(found), impl=jax.random.key_impl(leaf))
    if isinstance(leaf, jax.Array):
        return jnp.asarray(found)
    return found if isinstance(leaf, np.ndarray) else type(leaf)(found.item())


def _is_key(leaf: Any) -> bool:
    return isinstance(leaf, jax.Array) and jnp.issubdtype(leaf.dtype, jax.dtypes.prng_key)


def _plain(leaf: Any) -> Any:
    return np.asarray(jax.random.key_data(leaf) if _is_key(leaf) else leaf)


def _leaves(tree: Any) -> list[tuple[str, Any]]:
    return [(jax.tree_util.keystr(path), leaf) for path, leaf in jax.tree_util.tree_leaves_with_path(tree)]


def _put_in(tree: Tree, new: Callable[[str, Any], Any]) -> Tree:
    found: Tree = jax.tree_util.tree_map_with_path(lambda path, leaf: new(jax.tree_util.keystr(path), leaf), tree)
    return found


# ---- hyperparameters


def apply(opt_state: Tree, hyperparameters: Mapping[str, Any], mapping: Mapping[str, str] | None = None) -> Tree:
    """The state of an ``optax.inject_hyperparams`` optimizer (anywhere inside) with these values, in their own types.

    Names that it does not have are passed over, but for those in ``mapping``. Under lanes a value is an array ``[K]``.

    :raises NotApplicable: for a value that a schedule inside the optimizer would write over
    """
    names = {**NAMES, **(mapping or {})}
    asked = {names.get(name, name): value for name, value in hyperparameters.items()}
    done: set[str] = set()

    def replace(state: Any) -> Any:
        if not _injected(state):
            return state
        values = dict(state.hyperparams)
        for key in set(asked) & set(values):
            _refuse_scheduled(state, key)
            done.add(key)
            old = jnp.asarray(values[key])
            values[key] = jnp.broadcast_to(jnp.asarray(asked[key], old.dtype), _shape(key, old, asked[key]))
        inner = jax.tree.map(replace, state.inner_state, is_leaf=_injected)
        return state._replace(hyperparams=values, inner_state=inner)

    applied: Tree = jax.tree.map(replace, opt_state, is_leaf=_injected)
    for name in mapping or {}:
        if name in hyperparameters and names[name] not in done:
            raise _no_such(name, names[name], opt_state)
    return applied


def in_force(opt_state: Any, names: Iterable[str], mapping: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The values of those names that the state has, read back: for ``applied``."""
    known = {**NAMES, **(mapping or {})}
    states = list(_states(opt_state))
    found: dict[str, Any] = {}
    for name in names:
        key = known.get(name, name)
        read = [np.asarray(state.hyperparams[key]) for state in states if key in state.hyperparams]
        if read:
            found[name] = read[0] if all(np.array_equal(read[0], each) for each in read) else np.stack(read)
    return found


def _states(tree: Any) -> Iterator[Any]:
    for each in jax.tree.leaves(tree, is_leaf=_injected):
        if _injected(each):
            yield each
            yield from _states(each.inner_state)


def _injected(state: Any) -> bool:
    return hasattr(state, "hyperparams") and hasattr(state, "inner_state") and hasattr(state, "_replace")


def _shape(key: str, old: Any, value: Any) -> Any:
    shape = np.shape(value)
    if shape not in ((), old.shape):
        raise NotApplicable(
            f"'{key}' has another shape in the optimizer.",
            found=f"{list(shape)}.",
            expected=f"{list(old.shape)}.",
            mend="make the state under vmap, with a value for each lane.",
        )
    return old.shape


def _refuse_scheduled(state: Any, key: str) -> None:
    if key in getattr(state, "hyperparams_states", {}):
        raise NotApplicable(
            f"'{key}' would not stay in force.",
            found="a schedule inside inject_hyperparams, which sets it at every update.",
            expected="a number there, and the schedule on top as a factor.",
            mend="optax.chain(optax.inject_hyperparams(optax.adam)(learning_rate=1.0), optax.scale_by_schedule(f))",
        )


def _no_such(name: str, key: str, opt_state: Any) -> NotApplicable:
    return NotApplicable(
        f"'{name}' cannot be applied.",
        found=f"no '{key}' in an optimizer state of {jax.tree.structure(opt_state)!s:.100}.",
        expected="a hyperparameter of optax.inject_hyperparams.",
        mend=f"optimizer = optax.inject_hyperparams(optax.adam)({key}=...)",
    )


# ---- lanes


def take(tree: Tree, source: Sequence[int]) -> Tree:
    """Lanes ``source[i]`` of a stacked tree, all read before any is written."""
    index = jnp.asarray(source)
    found: Tree = jax.tree.map(lambda leaf: leaf[index], tree)
    return found


def lane(tree: Tree, index: int) -> Tree:
    """One lane of a stacked tree."""
    found: Tree = jax.tree.map(lambda leaf: leaf[index], tree)
    return found


def put(tree: Tree, index: int, one: Any) -> Tree:
    """A stacked tree with one lane replaced."""
    found: Tree = jax.tree.map(lambda leaf, new: leaf.at[index].set(new), tree, one)
    return found


def where(lanes: Sequence[bool], new: Tree, old: Tree) -> Tree:
    """Lanes of ``new`` where so, and of ``old`` elsewhere: for fresh lanes, and for those that stand still."""
    chosen = jnp.asarray(lanes)

    def each(a: Any, b: Any) -> Any:
        return jnp.where(chosen.reshape(chosen.shape + (1,) * (b.ndim - chosen.ndim)), a, b)

    found: Tree = jax.tree.map(each, new, old)
    return found


def keys(seeds: Sequence[int]) -> Any:
    """A PRNG key for each seed; all 53 bits of it count."""
    return jnp.stack([key(int(each)) for each in seeds])


def key(seed: int) -> Any:
    """A PRNG key of a seed below 2^53, which is more than the 32 bits that ``jax.random.key`` may keep."""
    return jax.random.fold_in(jax.random.key(seed & 0xFFFFFFFF), seed >> 32)
