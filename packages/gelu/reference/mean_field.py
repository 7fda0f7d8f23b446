"""Multi-precision Gaussian means of activations: writes data/mean-field.json.

    python3 packages/gelu/reference/mean_field.py        (needs mpmath; half a minute; always the same result)

A row is [name, parameters, q, E f(√q·z)², E f'(√q·z)², E f(√q·z)], 20 digits each, z normal with mean 0 and variance 1; 30 digits
are worked with, the integral is split where the function bends.
"""

import json
import pathlib

from mpmath import erf, exp, expm1, inf, log1p, mp, mpf, nstr, pi, quad, sqrt, tanh

mp.dps = 30


def density(z):
    return exp(-z * z / 2) / sqrt(2 * pi)


def gate(z):
    return (1 + erf(z / sqrt(2))) / 2


def sigmoid(x):
    return 1 / (1 + exp(-x)) if x > -3000 else mpf(0)


# Each: function, derivative, and where it bends or is narrow.
FUNCTIONS = {
    "gelu": lambda mean=0.0, std=1.0: (
        lambda x: x * gate((x - mpf(mean)) / mpf(std)),
        lambda x: gate((x - mpf(mean)) / mpf(std)) + x * density((x - mpf(mean)) / mpf(std)) / mpf(std),
        [mpf(mean) + mpf(std) * k for k in (-8, -3, 0, 3, 8)],
    ),
    "relu": lambda: (lambda x: max(x, mpf(0)), lambda x: mpf(x > 0), [mpf(0)]),
    "leakyRelu": lambda negativeSlope=0.01: (
        lambda x: x if x > 0 else mpf(negativeSlope) * x,
        lambda x: mpf(1) if x > 0 else mpf(negativeSlope),
        [mpf(0)],
    ),
    "elu": lambda: (lambda x: x if x > 0 else expm1(x), lambda x: mpf(1) if x > 0 else exp(x), [mpf(0)]),
    "silu": lambda beta=1.0: (
        lambda x: x * sigmoid(mpf(beta) * x),
        lambda x: sigmoid(mpf(beta) * x) * (1 + mpf(beta) * x * (1 - sigmoid(mpf(beta) * x))),
        [mpf(k) / mpf(beta) for k in (-40, -8, 0, 8, 40)],
    ),
    "tanh": lambda: (tanh, lambda x: 1 - tanh(x) ** 2, [mpf(k) for k in (-20, -4, 0, 4, 20)]),
    "sigmoid": lambda: (sigmoid, lambda x: sigmoid(x) * sigmoid(-x), [mpf(k) for k in (-20, -4, 0, 4, 20)]),
    "softplus": lambda: (
        # PyTorch's threshold: the line above 20
        lambda x: x if x > 20 else x + log1p(exp(-x)) if x > 0 else log1p(exp(x)),
        lambda x: mpf(1) if x > 20 else sigmoid(x),
        [mpf(k) for k in (-20, -4, 0, 4, 20)],
    ),
    "relu6": lambda: (
        lambda x: min(max(x, mpf(0)), mpf(6)),
        lambda x: mpf(0 < x < 6),
        [mpf(0), mpf(6)],
    ),
}

CASES = [(name, {}, q) for name in FUNCTIONS for q in (0.001, 1.0, 50.0)] + [
    ("gelu", {"std": 1e-4}, 1.0),
    ("gelu", {"mean": 2.5, "std": 0.01}, 1.0),
    ("gelu", {"mean": -1.0, "std": 20.0}, 4.0),
    ("silu", {"beta": 1000.0}, 1.0),
    ("silu", {"beta": 1.702}, 0.25),
]


def mean(g, points):
    ends = sorted({p for p in [mpf(k) for k in (-16, -8, -4, -2, 0, 2, 4, 8, 16)] + points if abs(p) <= 16})
    return quad(lambda z: g(z) * density(z), [*ends], maxdegree=9)


def row(name, parameters, q):
    f, slope, points = FUNCTIONS[name](**parameters)
    root = sqrt(mpf(q))
    inner = [p / root for p in points]
    values = [mean(g, inner) for g in (lambda z: f(root * z) ** 2, lambda z: slope(root * z) ** 2, lambda z: f(root * z))]
    return [name, parameters, q, *(nstr(v, 20) for v in values)]


if __name__ == "__main__":
    rows = [row(*case) for case in CASES]
    text = "[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]\n"
    (pathlib.Path(__file__).parent / "data" / "mean-field.json").write_text(text)
