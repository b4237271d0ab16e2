"""For people who come from Ray Tune: the call that they know, in Clade's words. Imports no Ray.

::

    from clade_pbt.ray import tune_pbt

    tune_pbt("train.py", metric="accuracy", mode="max", num_samples=16, stop={"training_iteration": 1000},
             perturbation_interval=20, hyperparam_mutations={"lr": tune.loguniform(1e-5, 1e-1), "layers": [2, 3, 4]})

It prints the experiment file that it has made. Keep it: ``clade run FILE`` needs nothing of this module.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .errors import CladeError, RunFailed
from .launch import command
from .notebook import Outcome, run
from .segment import Segment

STEPS = "training_iteration"
SECONDS = "time_total_s"
LEVELS = 100
"""The most options that a quantized range is written out as."""


class NotTranslatable(CladeError):
    """Ray Tune can express this and Clade cannot, or not so."""


def tune_pbt(
    trainable: str | Path | type[Any] | Callable[[Segment], object],
    *,
    store: str | None = None,
    to: str | Path | None = None,
    file: str | Path | None = None,
    **words: Any,
) -> Outcome:
    """Runs Population Based Training as Ray Tune's ``PopulationBasedTraining`` would, by Clade.

    :param trainable: the path of a Python script that opens a session; or a function of a segment; or a class with
        Ray's ``setup``, ``step``, ``save_checkpoint``, ``load_checkpoint`` and, best, ``reset_config``
    :param store: where the experiment is kept: ``sqlite:///clade.db``
    :param to: folder for the results
    :param file: where the experiment file goes: ``NAME.yaml``
    :param words: as of :func:`experiment`
    :raises NotTranslatable: naming what cannot be expressed, and what to say instead
    """
    is_script = isinstance(trainable, (str, Path))
    name = str(words.setdefault("name", Path(trainable).stem if is_script else trainable.__name__))  # type: ignore[union-attr, arg-type]
    trainer = {"session": ["python3", str(trainable)]} if is_script else None
    settings = experiment(**words, trainer=trainer)
    if isinstance(trainable, type):
        settings["final"] = {"candidates": 3, "repeats": 1}  # its score is its last result, however often it is asked
    path = Path(file) if file is not None else Path(f"{name}.yaml")
    path.write_text(written(settings), encoding="utf-8")
    print(f"# {path}\n{written(settings)}", flush=True)
    if not is_script:
        train = serve(trainable, words["metric"]) if isinstance(trainable, type) else trainable
        return run(train, settings, store=store, to=to, defaults=constants(words))  # type: ignore[arg-type]
    results = Path(to) if to is not None else Path("runs") / name
    arguments = [*command(), "run", str(path), "--to", str(results), *(["--store", store] if store else [])]
    if (status := subprocess.run(arguments, check=False).returncode) != 0:
        raise RunFailed(
            "the experiment did not end well.",
            found=f"exit status {status} of: {' '.join(arguments)}",
            expected="exit status 0.",
            mend="what it printed says why.",
        )
    return Outcome.read(results)


def experiment(
    *,
    metric: str,
    hyperparam_mutations: Mapping[str, Any],
    mode: str = "max",
    perturbation_interval: float = 60,
    burn_in_period: float = 0,
    quantile_fraction: float = 0.25,
    resample_probability: float = 0.25,
    perturbation_factors: Sequence[float] = (1.2, 0.8),
    num_samples: int = 8,
    stop: Mapping[str, Any] | int | None = None,
    time_attr: str = STEPS,
    synch: bool = False,
    param_space: Mapping[str, Any] | None = None,
    custom_explore_fn: object = None,
    name: str = "experiment",
    seed: int = 0,
    slots: int | None = None,
    trainer: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The experiment file, as a mapping, that says in Clade's words what was said in Ray's.

    One step is one ``training_iteration``. Values stay inside their ranges, which Ray lets them leave. Without
    ``stop`` there is no budget, and that is an error.

    :raises NotTranslatable: naming what cannot be expressed
    """
    if custom_explore_fn is not None:
        raise _not("custom_explore_fn", "a function.", "built-in exploration.", "constrain the ranges instead.")
    if not 0 <= quantile_fraction <= 0.5:
        raise _not("quantile_fraction", str(quantile_fraction), "0 to 0.5.", "0.25 is usual.")
    space = dict(param_space or {})
    parameters = _parameters(hyperparam_mutations)
    starts = {key: value for key, value in _flat(space).items() if key in parameters and not _is_domain(value)}
    for key, value in _flat(space).items():
        if key not in parameters and _is_domain(value):
            raise _not(
                f"param_space['{key}']", f"{value!r:.80}, drawn and not mutated.", "a constant.",
                "put it into hyperparam_mutations, too.",
            )  # fmt: skip
    made: dict[str, Any] = {
        "name": name,
        "metric": metric,
        "mode": mode,
        "unit": "iteration",
        "population": num_samples,
    }
    made["budget"] = _budget(stop, metric)
    made["ready"] = _ready(time_attr, perturbation_interval, burn_in_period)
    made |= {"synchronous": True} if synch else {}
    made["exploit"] = {"truncation": quantile_fraction} if quantile_fraction > 0 else "none"
    made["explore"] = {"perturb": _factors(perturbation_factors), "resample": resample_probability}
    made["parameters"] = parameters
    made |= {"start": [dict(starts) for _ in range(num_samples)]} if starts else {}
    made |= {"slots": slots} if slots is not None else {}
    made |= {"trainer": dict(trainer)} if trainer is not None else {}
    made["seed"] = seed
    return made


def constants(words: Mapping[str, Any]) -> dict[str, Any]:
    """What ``param_space`` fixes and nobody tunes."""
    tuned = _parameters(words["hyperparam_mutations"])
    return {key: value for key, value in _flat(words.get("param_space") or {}).items() if key not in tuned}


def written(settings: Mapping[str, Any]) -> str:
    """An experiment file, one setting or parameter a line."""
    lines = []
    for key, value in settings.items():
        if isinstance(value, Mapping) and key == "parameters":
            lines += [f"{key}:", *(f"  {name}: {_flow(each)}" for name, each in value.items())]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "\n".join(lines) + "\n"


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, str):
        plain = re.fullmatch(r"[A-Za-z_][A-Za-z0-9_./-]*|[0-9.]+s", value) and value not in _RESERVED
        return value if plain else json.dumps(value)
    return json.dumps(value)


_RESERVED = ("true", "false", "null", "yes", "no", "on", "off")


# ---- the parts


def _budget(stop: Mapping[str, Any] | int | None, metric: str) -> dict[str, Any]:
    budget: dict[str, Any] = {}
    for key, value in ({STEPS: stop} if isinstance(stop, int) else dict(stop or {})).items():
        if key == STEPS:
            budget["steps"] = int(value)
        elif key == SECONDS:
            budget["time"] = f"{value:g}s"
        elif key == metric:
            budget["target"] = value
        else:
            raise _not(
                f"stop['{key}']", repr(value), f"{STEPS}, {SECONDS} or the metric.", f"give stop={{'{STEPS}': ...}}"
            )
    if not {"steps", "time"} & set(budget):
        raise _not("stop", repr(stop), "an end.", f"give stop={{'{STEPS}': ...}}: what each member trains.")
    return budget


def _ready(time_attr: str, interval: float, burn_in: float) -> dict[str, Any]:
    if time_attr == STEPS:
        if interval != int(interval) or burn_in != int(burn_in):
            raise _not("perturbation_interval", f"{interval} and {burn_in}", "whole iterations.", "round them.")
        return {"every": int(interval), **({"burn_in": int(burn_in)} if burn_in else {})}
    if time_attr == SECONDS and not burn_in:
        return {"seconds": f"{interval:g}s"}
    raise _not(
        "time_attr", f"{time_attr}, burn_in_period={burn_in}", f"{STEPS}, or {SECONDS} without a burn-in.",
        f"say time_attr='{STEPS}'.",
    )  # fmt: skip


def _factors(factors: Sequence[float]) -> list[float]:
    if len(factors) != 2 or not min(factors) < 1 < max(factors) or min(factors) <= 0:
        raise _not("perturbation_factors", repr(factors), "one below 1 and one above.", "(1.2, 0.8) is Ray's default.")
    return [min(factors), max(factors)]


def _parameters(mutations: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _domain(key, value) for key, value in _flat(mutations).items()}


def _flat(nested: Mapping[str, Any], head: str = "") -> dict[str, Any]:
    """Nested mappings by names with dots."""
    found: dict[str, Any] = {}
    for key, value in nested.items():
        found |= _flat(value, f"{head}{key}.") if isinstance(value, Mapping) else {f"{head}{key}": value}
    return found


def _is_domain(value: object) -> bool:
    return hasattr(value, "sampler") or callable(value)


def _domain(name: str, found: Any) -> dict[str, Any]:
    """What Ray mutates a value by: its domains by what they have, a list for neighbours."""
    if isinstance(found, (list, tuple)):
        if not all(isinstance(each, (bool, int, float, str)) for each in found):
            raise _not(f"'{name}'", repr(found), "a list of numbers or words.", "name each option by a word.")
        return {"ordered": list(found)}
    if hasattr(found, "categories"):
        return {"choice": list(found.categories)}
    if hasattr(found, "lower") and hasattr(found, "upper") and hasattr(found, "sampler"):
        return _range(name, found)
    what = "a function has no bounds" if callable(found) else f"{type(found).__name__} is no domain"
    raise _not(
        f"'{name}'", f"{found!r:.80}: {what}.", "a domain with bounds, or a list.",
        "tune.uniform(low, high), tune.loguniform(low, high), tune.randint(low, high), tune.choice([...]), or a list.",
    )  # fmt: skip


def _range(name: str, found: Any) -> dict[str, Any]:
    whole = type(found).__name__ == "Integer"
    sampler, step = found.sampler, 1 if whole else None
    if hasattr(sampler, "q"):
        sampler, step = sampler.sampler, sampler.q
    kind = type(sampler).__name__ if sampler is not None else "Uniform"
    if not ("Uniform" in kind and abs(found.lower) < float("inf") and abs(found.upper) < float("inf")):
        raise _not(
            f"'{name}'", f"{kind.lower()} from {found.lower} to {found.upper}.", "a uniform or log-uniform range.",
            "tune.uniform(low, high), or tune.loguniform(low, high).",
        )  # fmt: skip
    log = "Log" in kind
    if step is not None and not (whole and step == 1):
        return _quantized(name, found, step, log)
    if whole:
        # Ray's upper bound is left out, and with a quantizer it is not
        high = found.upper if hasattr(found.sampler, "q") else found.upper - 1
        return {"logint" if log else "int": [int(found.lower), int(high)]}
    bounds = [float(found.lower), float(found.upper)]
    return {"loguniform": bounds} if log else {"uniform": bounds, "perturb": "multiply"}


def _quantized(name: str, found: Any, step: float, log: bool) -> dict[str, Any]:
    count = round((found.upper - found.lower) / step) + 1
    if log or count > LEVELS:
        raise _not(
            f"'{name}'", f"steps of {step} from {found.lower} to {found.upper}" + (", by logarithm." if log else "."),
            f"at most {LEVELS} equal steps.", "leave out the q, or give a list.",
        )  # fmt: skip
    levels = [found.lower + i * step for i in range(count)]
    return {"ordered": [each if isinstance(each, int) else float(f"{each:.12g}") for each in levels]}


def _not(what: str, found: str, expected: str, mend: str) -> NotTranslatable:
    return NotTranslatable(f"{what} cannot be said in Clade.", found=found, expected=expected, mend=mend)


# ---- Ray's class API

RESULT = "result.json"


def serve(trainable: type[Any], metric: str) -> Callable[[Segment], None]:
    """A function of segments that trains instances of a class with Ray's ``Trainable`` methods.

    One ``step()`` is one step; the score is what the last one returned, kept beside the checkpoint for who copies it.
    Weights that nobody has trained yet are measured by one step, which is then taken back.
    An instance is kept warm where its ``reset_config`` says that it has taken the values; it is asked again behind a
    load. What is in force is what its ``in_force()`` returns; a class without that is taken at its word.
    """
    kept: list[Any] = []

    def train(segment: Segment) -> None:
        values = _nested(segment.hyperparameters)
        folder = segment.restore_from
        if segment.fresh or segment.rebuild or not kept:
            random.seed(segment.seed)
            kept[:] = [_made(trainable, values), {}, values]
        elif values != kept[2] and not _reset(kept[0], values):
            kept[0] = _remade(kept[0], trainable, values, goes_on=folder is None)
        kept[2] = values
        if folder is not None:
            kept[0].load_checkpoint(str(folder))
            _reset(kept[0], values)  # what was loaded may have brought the donor's values along
            kept[1] = json.loads((folder / RESULT).read_text(encoding="utf-8"))
        in_force = getattr(kept[0], "in_force", None)
        segment.applied(in_force() if callable(in_force) else segment.hyperparameters)
        for _ in segment.steps():
            kept[1] = {name: each for name, each in kept[0].step().items() if isinstance(each, (int, float))}
            segment.report(kept[1])

        def save(into: Path) -> None:
            _saved(kept[0], into)
            (into / RESULT).write_text(json.dumps(kept[1]), encoding="utf-8")

        def score() -> dict[str, float]:
            return {metric: (kept[1] or _first(kept[0], values))[metric]}

        segment.finish(score=score, save=save)

    return train


def _saved(instance: Any, folder: Path) -> None:
    if isinstance(instance.save_checkpoint(str(folder)), Mapping):
        raise NotTranslatable(
            f"{type(instance).__name__}.save_checkpoint() returns its state, for Ray to pickle.",
            found="a mapping.",
            expected="files in the folder that it is given.",
            mend="write them there, without pickle: numpy.savez, safetensors, JSON.",
        )


def _first(instance: Any, values: dict[str, Any]) -> dict[str, Any]:
    """The score of weights that nobody has trained: that of one step, which is then taken back."""
    with tempfile.TemporaryDirectory(prefix="clade-") as folder:
        _saved(instance, Path(folder))
        found: dict[str, Any] = instance.step()
        instance.load_checkpoint(folder)
        _reset(instance, values)
    return found


def _remade(old: Any, trainable: type[Any], values: dict[str, Any], goes_on: bool) -> Any:
    """A new instance under other values; if it goes on with the weights in hand, by way of a folder, as Ray does it."""
    if not goes_on:
        return _made(trainable, values)
    with tempfile.TemporaryDirectory(prefix="clade-") as folder:
        _saved(old, Path(folder))
        new = _made(trainable, values)
        new.load_checkpoint(folder)
    return new


def _made(trainable: type[Any], values: dict[str, Any]) -> Any:
    if any(each.__module__.startswith("ray.") for each in trainable.__mro__):
        return trainable(config=values)
    instance = trainable()
    instance.setup(values)
    return instance


def _reset(instance: Any, values: dict[str, Any]) -> bool:
    reset = getattr(instance, "reset_config", None)
    return callable(reset) and reset(values) is True


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Names with dots as nested mappings: the config that Ray gives."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        at = found
        *heads, last = name.split(".")
        for head in heads:
            at = at.setdefault(head, {})
        at[last] = value
    return found
