"""Handwritten digits with scikit-learn: a linear classifier on random features, by ``partial_fit``.

``python3 sklearn_digits.py`` trains one model under the defaults below; ``clade run sklearn_digits.yaml`` a population.
Needs clade-pbt and scikit-learn. Checkpoints are arrays of NumPy's, without pickle.
"""

import numpy as np
from sklearn.datasets import load_digits
from sklearn.kernel_approximation import RBFSampler
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import log_loss
from sklearn.model_selection import train_test_split

import clade_pbt as clade

BATCH = 4
DEFAULTS = {"eta": 0.1, "alpha": 1e-5}

# a third of the training data decides, and the test data are looked at once, at the very end
images, digits = load_digits(return_X_y=True)
features = RBFSampler(gamma=0.05, n_components=300, random_state=0).fit_transform(images / 16)
x, x_test, y, y_test = train_test_split(features, digits, test_size=0.25, random_state=0, stratify=digits)
x, x_valid, y, y_valid = train_test_split(x, y, test_size=1 / 3, random_state=0, stratify=y)


def build(seed):
    model = SGDClassifier(loss="log_loss", learning_rate="constant", eta0=DEFAULTS["eta"], random_state=seed % 2**32)
    model.partial_fit(x[:1], y[:1], classes=np.arange(10))  # allocates
    model.coef_[:] = np.random.default_rng(seed).normal(0, 0.01, model.coef_.shape)
    model.intercept_[:] = 0
    return model


def save(model, folder):
    np.savez(folder / "model.npz", coef=model.coef_, intercept=model.intercept_, t=model.t_)


def load(model, folder):
    with np.load(folder / "model.npz", allow_pickle=False) as saved:
        model.coef_[:], model.intercept_[:], model.t_ = saved["coef"], saved["intercept"], float(saved["t"])


def measure(model, x, y, head=""):
    return {f"{head}log_loss": log_loss(y, model.predict_proba(x)), f"{head}accuracy": model.score(x, y)}


with clade.session(defaults=DEFAULTS, steps=800) as session:
    for segment in session:
        if segment.fresh or segment.rebuild:
            model = build(segment.seed)
        if segment.restore_from:
            load(model, segment.restore_from)
        values = segment.hyperparameters
        model.set_params(eta0=values.eta, alpha=values.alpha)
        segment.applied(eta=model.eta0, alpha=model.alpha)

        draw = np.random.default_rng(segment.seed)
        for _ in segment.steps():
            batch = draw.integers(len(x), size=BATCH)
            model.partial_fit(x[batch], y[batch])

        segment.finish(
            score=lambda model=model: measure(model, x_valid, y_valid),
            report=lambda model=model: measure(model, x_test, y_test, "test_"),
            save=lambda folder, model=model: save(model, folder),
        )
