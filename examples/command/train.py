"""Logistic regression on two noisy half moons: a script as anybody writes it. It knows nothing of Clade."""

import argparse
import json
import math
import random

CENTRES = 16  # radial basis functions, whose weights are learnt


def moons(count, seed):
    dice = random.Random(seed)
    points = []
    for i in range(count):
        moon, angle = i % 2, dice.uniform(0, math.pi)
        x = math.cos(angle) if moon == 0 else 1 - math.cos(angle)
        y = math.sin(angle) if moon == 0 else 0.5 - math.sin(angle)
        points.append((x + dice.gauss(0, 0.25), y + dice.gauss(0, 0.25), moon))
    return points


def features(x, y):
    grid = [(-1 + c % 4, -1 + 0.75 * (c // 4)) for c in range(CENTRES)]
    return [1.0] + [math.exp(-((x - a) ** 2 + (y - b) ** 2)) for a, b in grid]


def probability(weights, inputs):
    return 1 / (1 + math.exp(-max(-30, min(30, sum(w * i for w, i in zip(weights, inputs))))))


parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--decay", type=float, default=1e-4)
parser.add_argument("--steps", type=int, default=2000)
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--resume", help="a checkpoint to go on from")
parser.add_argument("--save", default="moons.json")
options = parser.parse_args()

weights = [0.0] * (CENTRES + 1)
if options.resume:
    with open(options.resume) as file:
        weights = json.load(file)["weights"]

train = [(features(x, y), moon) for x, y, moon in moons(400, seed=1)]
order = random.Random(options.seed)
for _ in range(options.steps):
    inputs, moon = order.choice(train)
    error = probability(weights, inputs) - moon
    weights = [w - options.lr * (error * i + options.decay * w) for w, i in zip(weights, inputs)]

with open(options.save, "w") as file:
    json.dump({"weights": weights}, file)

validation = [(probability(weights, features(x, y)), moon) for x, y, moon in moons(400, seed=2)]
loss = -sum(math.log(max(1e-9, p if moon else 1 - p)) for p, moon in validation) / len(validation)
accuracy = sum((p > 0.5) == (moon == 1) for p, moon in validation) / len(validation)
print(json.dumps({"loss": loss, "accuracy": accuracy}))
