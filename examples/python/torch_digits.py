"""Handwritten digits with PyTorch: a small network, a schedule on top, and a State that saves all of it.

``python3 torch_digits.py`` trains one network under the defaults below; ``clade run torch_digits.yaml`` a population.
Needs clade-pbt[torch] and scikit-learn, for the data.
"""

import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch.nn import functional

import clade_pbt as clade
from clade_pbt.torch import State

BATCH = 32
STEPS = 600
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
DEFAULTS = {"lr": 0.03, "momentum": 0.9, "weight_decay": 1e-4, "dropout": 0.2}

torch.set_num_threads(1)
images, digits = load_digits(return_X_y=True)
images = (images / 16).reshape(-1, 1, 8, 8).astype("float32")
x, x_test, y, y_test = train_test_split(images, digits, test_size=0.25, random_state=0, stratify=digits)
x, x_valid, y, y_valid = train_test_split(x, y, test_size=1 / 3, random_state=0, stratify=y)
x, x_valid, x_test, y, y_valid, y_test = (torch.as_tensor(a, device=DEVICE) for a in (x, x_valid, x_test, y, y_valid, y_test))


def build(seed):
    torch.manual_seed(seed)
    model = torch.nn.Sequential(
        torch.nn.Conv2d(1, 8, 3),
        torch.nn.ReLU(),
        torch.nn.Flatten(),
        torch.nn.Dropout(),
        torch.nn.Linear(8 * 6 * 6, 10),
    ).to(DEVICE)
    optimizer = torch.optim.SGD(model.parameters(), lr=DEFAULTS["lr"], momentum=DEFAULTS["momentum"])
    # the hyperparameter is the base rate, and the schedule goes on from member to member with the weights
    return State(model, optimizer, torch.optim.lr_scheduler.LinearLR(optimizer, 0.1, total_iters=20))


def accuracy(model, x, y):
    model.eval()
    with torch.no_grad():
        return (model(x).argmax(1) == y).float().mean()


with clade.session(defaults=DEFAULTS, steps=STEPS) as session:
    for segment in session:
        if segment.fresh or segment.rebuild:
            state = build(segment.seed)
        state.restore(segment)
        state.apply(segment.hyperparameters)
        dropout = state.model[3]
        dropout.p = segment.hyperparameters.dropout
        segment.applied(state.in_force(), dropout=dropout.p)

        torch.manual_seed(segment.seed)
        state.model.train()
        for _ in segment.steps():
            batch = torch.randint(len(x), (BATCH,), device=DEVICE)
            loss = functional.cross_entropy(state.model(x[batch]), y[batch])
            state.optimizers[0].zero_grad()
            loss.backward()
            state.optimizers[0].step()
            state.schedulers[0].step()
            segment.report(loss=loss)

        segment.finish(
            score=lambda model=state.model: {"accuracy": accuracy(model, x_valid, y_valid)},
            report=lambda model=state.model: {"test_accuracy": accuracy(model, x_test, y_test)},
            save=state.save,
        )
