"""A network of 1,000,000 weights in NumPy, whose training is no matter: only how long it takes to come by others'."""

import numpy
import sklearn.linear_model  # noqa: F401  what a script of this kind imports

import clade_pbt as clade

weights = numpy.zeros((1000, 1000))

with clade.session(defaults={"lr": 0.1}, steps=10) as session:
    for segment in session:
        if segment.fresh or segment.rebuild:
            weights = numpy.random.default_rng(segment.seed).normal(size=(1000, 1000))
        if segment.restore_from:
            weights = numpy.load(segment.restore_from / "weights.npy")
        segment.applied(lr=segment.hyperparameters["lr"])
        for _ in segment.steps():
            weights *= 1 - segment.hyperparameters["lr"]
        segment.finish(
            score=lambda: -float(numpy.square(weights).mean()),
            save=lambda folder: numpy.save(folder / "weights.npy", weights),
        )
