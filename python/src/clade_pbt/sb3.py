"""Stable-Baselines3: members change inside one ``learn``.

::

    with clade.session(defaults={"learning_rate": 3e-4, "ent_coef": 0.0}) as session:
        callback = CladeCallback(session, score=lambda: evaluate_policy(model, env, 10, return_episode_rewards=True)[0])
        model.learn(total_timesteps=10**9, callback=callback)

One step of Clade is one rollout and the update from it. Needs ``stable-baselines3`` and ``clade-pbt[torch]``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from stable_baselines3.common.base_class import BaseAlgorithm
from stable_baselines3.common.callbacks import BaseCallback
from stable_baselines3.common.running_mean_std import RunningMeanStd
from stable_baselines3.common.utils import FloatSchedule

from .hosted import Apply, Hosted
from .rates import NotApplicable
from .segment import Score, Segment
from .session import Session
from .stored import NotFitting, Reading, Writing, read
from .torch import read_tensors, write_tensors

WEIGHTS = "model.safetensors"
REST = "state.json"
NAMES: dict[str, str] = {"lr": "learning_rate", "entropy_cost": "ent_coef", "discount": "gamma"}
"""Hyperparameters that Stable-Baselines3 has under another name."""
_BUILT = frozenset({"n_steps", "buffer_size", "policy", "policy_kwargs"})


class State:
    """An algorithm: its networks, optimizers, entropy coefficient, and the statistics of ``VecNormalize``.

    The replay buffer is not saved: it begins anew with each member.
    """

    def __init__(self, model: BaseAlgorithm) -> None:
        self.model = model
        self._new = self._statistics()
        self._asked: dict[str, str] = {}
        self._member: int | None = None

    # ---- save and load

    def save(self, folder: Path | str) -> None:
        """Writes ``model.safetensors`` and ``state.json``."""
        writing = Writing(torch.is_tensor)
        parts = {"parameters": writing.tree(self.model.get_parameters(), "parameters")}
        parts["variables"] = writing.tree(self._variables(), "variables")
        statistics = {
            name: [torch.from_numpy(np.array(x, np.float64)) for x in each] for name, each in self._statistics().items()
        }
        parts["statistics"] = writing.tree(statistics, "statistics")
        aliases = write_tensors(Path(folder) / WEIGHTS, writing.tensors)
        writing.write(Path(folder), REST, {"aliases": aliases, "parts": parts})

    def load(self, folder: Path | str) -> None:
        """Brings a folder back, in place. Apply hyperparameters *afterwards*.

        :raises NotFitting: if it is of another algorithm or policy
        """
        stored = read(Path(folder), REST)
        reading = Reading(Path(folder), read_tensors(Path(folder) / WEIGHTS, stored["aliases"]))
        found = reading.tree(stored["parts"])
        try:
            self.model.set_parameters(found["parameters"], exact_match=True, device=self.model.device)
        except (ValueError, RuntimeError) as e:
            raise NotFitting(
                "the checkpoint does not fit this algorithm.",
                found=f"{e!s:.300}",
                expected=type(self.model).__name__,
                mend="load it into the algorithm that saved it.",
            ) from e
        for name, each in self._variables().items():
            each.data.copy_(found["variables"][name])
        self._set_statistics({name: [x.numpy() for x in each] for name, each in found["statistics"].items()})

    def renew(self, seed: int) -> None:
        """Draws the networks anew, as the policy's constructor does, and lets all else begin anew."""
        self.model.set_random_seed(seed % 2**32)
        policy: Any = self.model.policy
        made = type(policy)(**policy._get_constructor_parameters()).to(self.model.device)
        policy.load_state_dict(made.state_dict())
        for optimizer in self._optimizers():
            optimizer.load_state_dict({**optimizer.state_dict(), "state": {}})
        for name, each in self._variables().items():
            if name == "log_ent_coef":
                each.data.zero_()
        self._set_statistics(self._new)

    def _variables(self) -> dict[str, torch.Tensor]:
        _, names = self.model._get_torch_save_params()
        return {name: found for name in names if (found := getattr(self.model, name, None)) is not None}

    def _optimizers(self) -> list[Any]:
        names, _ = self.model._get_torch_save_params()
        return [_at(self.model, name) for name in names if name.endswith("optimizer")]

    def _statistics(self) -> dict[str, list[Any]]:
        normal = self.model.get_vec_normalize_env()
        if normal is None:
            return {}
        observations = normal.obs_rms if isinstance(normal.obs_rms, dict) else {"": normal.obs_rms}
        named = {"returns": normal.ret_rms, **{f"observations.{key}": each for key, each in observations.items()}}
        return {
            name: [np.array(each.mean), np.array(each.var), np.array(each.count)]
            for name, each in named.items()
            if isinstance(each, RunningMeanStd)
        }

    def _set_statistics(self, found: Mapping[str, list[Any]]) -> None:
        normal = self.model.get_vec_normalize_env()
        for name, (mean, var, count) in found.items():
            assert normal is not None
            part, _, key = name.partition(".")
            statistic: Any = normal.ret_rms if part == "returns" else normal.obs_rms
            statistic = statistic[key] if key else statistic
            statistic.mean, statistic.var, statistic.count = np.array(mean), np.array(var), float(count)

    # ---- hyperparameters

    def apply(self, hyperparameters: Mapping[str, Any]) -> dict[str, Any]:
        """Puts values into the algorithm, its optimizers and buffers; names that it does not have are passed over.

        :returns: what is in force, read back
        :raises NotApplicable: for a value that would not stay in force, or needs a new algorithm
        """
        for name, value in hyperparameters.items():
            key = NAMES.get(name, name)
            if not hasattr(self.model, key):
                continue
            self._refuse(name, key)
            self._put(key, value)
            self._asked[name] = key
        return self.in_force()

    def _put(self, key: str, value: Any) -> None:
        model: Any = self.model
        if key == "learning_rate":
            model.learning_rate = value
            model._setup_lr_schedule()
            for group in self._groups():
                group["lr"] = value
        elif key == "ent_coef" and hasattr(model, "ent_coef_tensor"):
            model.ent_coef = value
            model.ent_coef_tensor.fill_(value)
        elif isinstance(getattr(model, key), FloatSchedule):
            setattr(model, key, FloatSchedule(value))
        else:
            for holder in (model, *self._holders(key)):
                setattr(holder, key, value)

    def _refuse(self, name: str, key: str) -> None:
        model: Any = self.model
        scheduled = getattr(model, key)
        inner = getattr(scheduled, "value_schedule", scheduled)
        if callable(inner) and type(inner).__name__ != "ConstantSchedule":
            raise NotApplicable(
                f"'{name}' would not stay in force.",
                found="a schedule of Stable-Baselines3, which sets it before every update.",
                expected="a number.",
                mend="give the algorithm a number; a schedule of its own is what Clade finds.",
            )
        if key in _BUILT or (key == "ent_coef" and getattr(model, "ent_coef_optimizer", None) is not None):
            raise NotApplicable(
                f"'{name}' cannot change in a living algorithm.",
                found=f"{key}={scheduled!r:.60}.",
                expected="a value that every update reads.",
                mend="take it out of the experiment, or fix it to a number.",
            )

    def in_force(self) -> dict[str, Any]:
        """The values that were applied, read back from where updates read them."""
        return {name: self._found(key) for name, key in self._asked.items()}

    def _found(self, key: str) -> Any:
        model: Any = self.model
        if key == "learning_rate":
            read = [model.lr_schedule(1.0), *(group["lr"] for group in self._groups())]
        elif key == "ent_coef" and hasattr(model, "ent_coef_tensor"):
            read = [model.ent_coef_tensor.item()]
        else:
            value = getattr(model, key)
            read = [value(1.0) if callable(value) else value, *(getattr(each, key) for each in self._holders(key))]
        return read[0] if all(each == read[0] for each in read) else read

    def _groups(self) -> list[dict[str, Any]]:
        return [group for optimizer in self._optimizers() for group in optimizer.param_groups]

    def _holders(self, key: str) -> list[Any]:
        """Where else a value acts: advantages are the buffer's, returns are scaled by ``VecNormalize``."""
        model: Any = self.model
        if key not in ("gamma", "gae_lambda"):
            return []
        return [
            each
            for each in (getattr(model, "rollout_buffer", None), model.get_vec_normalize_env())
            if hasattr(each, key)
        ]

    def begin(self, segment: Segment) -> None:
        """Seeds all that is drawn, and lets environments and replay buffer begin anew."""
        model: Any = self.model
        model.set_random_seed(segment.seed % 2**32)
        normal = model.get_vec_normalize_env()
        training = normal is not None and normal.training
        if normal is not None:
            normal.training = False  # a reset is not to move the statistics that were just restored
        model._last_obs = model.env.reset()
        if normal is not None:
            normal.training = training
            model._last_original_obs = normal.get_original_obs()
        model._last_episode_starts = np.ones((model.env.num_envs,), dtype=bool)
        model.ep_info_buffer.clear()
        model.ep_success_buffer.clear()
        if getattr(model, "replay_buffer", None) is not None and segment.member != self._member:
            model.replay_buffer.reset()
        self._member = segment.member


class CladeCallback(BaseCallback):  # type: ignore[misc]
    """Ends each segment at its step, and begins the next one in place; stops ``learn`` when Clade has no more.

    ``learn`` is to have no end of its own (``total_timesteps`` very large).

    :param score: as of ``segment.finish``
    :param apply: puts hyperparameters in force that are not the algorithm's, and returns them read back
    """

    def __init__(self, session: Session[Segment], score: Score, apply: Apply = lambda values: {}) -> None:
        super().__init__()
        self._session = session
        self._score = score
        self._apply = apply
        self._hosted: Hosted | None = None
        self._ended = False

    def _on_training_start(self) -> None:
        here = State(self.model)
        self._hosted = Hosted(
            self._session,
            fresh=here.renew,
            load=here.load,
            apply=lambda values: {**here.apply(values), **self._apply(values)},
            score=self._score,
            save=here.save,
            began=here.begin,
        )

    def _on_rollout_start(self) -> None:
        assert self._hosted is not None
        self._report()
        self._ended = not self._hosted.boundary()
        self.model.policy.set_training_mode(False)

    def _report(self) -> None:
        episodes = self.model.ep_info_buffer
        if self._hosted is not None and episodes:
            self._hosted.report({"episode_return": float(np.mean([each["r"] for each in episodes]))})

    def _on_step(self) -> bool:
        return not self._ended

    def _on_training_end(self) -> None:
        if self._hosted is not None:
            self._hosted.close()


def _at(holder: Any, path: str) -> Any:
    for name in path.split("."):
        holder = getattr(holder, name)
    return holder
