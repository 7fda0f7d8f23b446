"""Multi-precision reference values of the family of GELU.

    python3 packages/gelu/reference/family.py tanh-exp     writes data/family/tanh-exp.json, for src/activations/tanh-exp.ts,
                                                           from the formula after @reference in that file
    python3 packages/gelu/reference/family.py              writes data/family.json, from the definitions below, and all of data/family

Needs mpmath (Debian: python3-mpmath); some seconds; always the same result. Everything is evaluated with 500 bits or more; below, twice
differentiated by hand, in files by the rules (expression.py); parameters are float64.
The format of a row is that of gelu.py: [x, value, first derivative, second derivative], each
[hi, lo, exponent, cancelled]; infinities stand as ±1e999. The data are a list of
{ "name", "parameters", "ranges": { name: [row, …] } }.
"""

import json
import math
import pathlib
import random
import subprocess
import sys

from mpmath import atan, erfc, exp, expm1, inf, log1p, mp, mpf, pi, sqrt, tanh

import gelu as base
from expression import formula

mp.prec = 500
THREE = mpf(3)
HUGE = mpf(2) ** 5000


def sign(x):
    return (x > 0) - (x < 0)


def logistic(t):
    """σ(t), 1 − σ(t)."""
    if abs(t) > 20000:
        return (mpf(1), mpf(0)) if t > 0 else (mpf(0), mpf(1))
    return 1 / (1 + exp(-t)), 1 / (1 + exp(t))


def softplus_of(t):
    if abs(t) > 20000:
        return t if t > 0 else mpf(0)
    return (t if t > 0 else mpf(0)) + log1p(exp(-abs(t)))


# Each gives three lists of addends, whose sums are the value and the derivatives. x is an mpf.


def relu(x):
    return [x if x > 0 else mpf(0)], [mpf(x > 0)], [mpf(0)]


def leaky(x, slope):
    s = mpf(1) if x > 0 else mpf(slope)
    return [s * x], [s], [mpf(0)]


def clamp(x, low, high, offset=0, divisor=1):
    inside = low < x < high
    v = min(max(x, mpf(low)), mpf(high))
    return [(v + offset) / divisor], [mpf(inside) / divisor], [mpf(0)]


def hardswish(x):
    if x <= -3:
        return [mpf(0)], [mpf(0)], [mpf(0)]
    if x >= 3:
        return [x], [mpf(1)], [mpf(0)]
    return [x * (x + 3) / 6], [(2 * x + 3) / 6], [1 / THREE]


def relu_squared(x):
    return ([x * x], [2 * x], [mpf(2)]) if x > 0 else ([mpf(0)], [mpf(0)], [mpf(0)])


def exponential(x, scale, alpha, width):
    scale, alpha, width = mpf(scale), mpf(alpha), mpf(width)
    if x > 0:
        return [scale * x], [scale], [mpf(0)]
    t = x / width
    if t > 20000:  # a CELU with alpha below 0
        return [-HUGE], [HUGE], [-HUGE]
    e = exp(t) if t > -20000 else mpf(0)
    m = expm1(t) if t > -20000 else mpf(-1)
    return [scale * alpha * m], [scale * alpha / width * e], [scale * alpha / width**2 * e]


def silu(x, beta):
    b = mpf(beta)
    if b == 0:
        return [x / 2], [mpf(1) / 2], [mpf(0)]
    t = b * x
    s, r = logistic(t)
    return [x * s], [s, t * s * r], [2 * b * s * r, b * t * s * r * (r - s)]


def mish(x):
    if abs(x) > 20000:
        return base.gated(x, (mpf(1), mpf(0)))
    g = tanh(log1p(exp(x)))
    s, r = logistic(x)
    d = exp(2 * x) + 2 * exp(x) + 2
    h = 4 / d * (1 - 1 / d)  # 1 − g², g = 1 − 2/d
    g1 = h * s
    g2 = h * s * r - 2 * g * g1 * s
    return [x * g], [g, x * g1], [2 * g1, x * g2]


def softplus(x, beta, threshold):
    b = mpf(beta)
    t = b * x
    if t > threshold:
        return [x], [mpf(1)], [mpf(0)]
    s, r = logistic(t)
    return [softplus_of(t) / b], [s], [b * s * r]


def sigmoid(x):
    s, r = logistic(x)
    return [s], [s * r], [-s * r * tanh_of(x / 2)[0][0]]


def logsigmoid(x):
    s, r = logistic(x)
    return [-softplus_of(-x)], [r], [-s * r]


def tanh_of(x):
    s, r = logistic(2 * x)
    t = tanh(x) if abs(x) < 10000 else mpf(sign(x))
    return [t], [4 * s * r], [-8 * t * s * r]


def softsign(x):
    d = 1 + abs(x)
    return [x / d], [1 / d**2], [-2 * sign(x) / d**3]


def squareplus(x, b):
    r = sqrt(x * x + mpf(b))
    big = x + r if x > 0 else mpf(b) / (r - x)
    return [big / 2], [big / (2 * r)], [mpf(b) / (2 * r**3)]


def laplace(x, location, scale):
    m, s = mpf(location), mpf(scale)
    z, w = (x - m) / s, x / s
    tail = exp(-abs(z)) / 2 if abs(z) < 20000 else mpf(0)
    gate = 1 - tail if z > 0 else tail
    turn = -w if z > 0 else w
    return [x * gate], [gate, w * tail], [2 * tail / s, turn * tail / s]


def cauchy(x, location, scale):
    m, s = mpf(location), mpf(scale)
    z, w = (x - m) / s, x / s
    d = 1 + z * z
    gate = atan(-1 / z) / pi if z < -1 else mpf(1) / 2 + atan(z) / pi
    # F + z·p below −1 by its series for small 1/z, since its leading terms cancel beyond 500 bits.
    q = -1 / z if z < 0 else mpf(0)
    if 0 < q < mpf(2) ** -60:
        both = sum((-1) ** k * q ** (2 * k + 1) * (mpf(1) / (2 * k + 1) - 1) for k in range(1, 6)) / pi
    else:
        both = gate + z / (pi * d)
    rest = m / s / (pi * d)
    return [x * gate], [both, rest], [2 / (pi * s * d * d), -2 * z * (m / s) / (pi * s * d * d)]


def clipped_gelu(x, low, high):
    value, first, second = base.normal(x, 0, 1)
    y = sum(value)
    if low <= y <= high:
        return value, first, second
    return [mpf(low if y < low else high)], [mpf(0)], [mpf(0)]


def normal_cdf(x, mu, sigma):
    s = mpf(sigma)
    z = (x - mpf(mu)) / s
    if abs(z) > 20000:
        return [mpf(z > 0)], [mpf(0)], [mpf(0)]
    bell = exp(-z * z / 2) / sqrt(2 * pi)
    return [erfc(-z / sqrt(mpf(2))) / 2], [bell / s], [-z * bell / s**2]


def xielu(x, alpha_p, alpha_n, beta, eps):
    p, n, b = mpf(alpha_p), mpf(alpha_n), mpf(beta)
    if x > 0:
        return [p * x * x + b * x], [2 * p * x + b], [2 * p]
    if x > eps:
        return [n * expm1(mpf(eps)), (b - n) * x], [b - n], [mpf(0)]
    e = exp(x) if x > -20000 else mpf(0)
    m = expm1(x) if x > -20000 else mpf(-1)
    return [n * m, (b - n) * x], [n * m, b], [n * e]


def hard_mish(x):
    if x < -2:
        return [mpf(0)], [mpf(0)], [mpf(0)]
    if x > 0:
        return [x], [mpf(1)], [mpf(0)]
    return [x * (x + 2) / 2], [x + 1], [mpf(1)]


def exponential_of(x):
    e = HUGE if x > 20000 else exp(x) if x > -20000 else mpf(0)
    return [e], [e], [e]


def shrink(x, width, by):
    if -width <= x <= width:
        return [mpf(0)], [mpf(0)], [mpf(0)]
    return [x - sign(x) * mpf(by)], [mpf(1)], [mpf(0)]


def tanhshrink(x):
    s, r = logistic(2 * x)
    t = tanh(x) if abs(x) < 10000 else mpf(sign(x))
    value = [x - t]
    if 0 < abs(x) < mpf(2) ** -40:  # beyond the precision of the difference
        value = [x**3 / 3 - 2 * x**5 / 15 + 17 * x**7 / 315 - 62 * x**9 / 2835 + 1382 * x**11 / 155925]
    return value, [t * t], [8 * t * s * r]


def threshold(x, at, constant):
    return ([x], [mpf(1)], [mpf(0)]) if x > at else ([mpf(constant)], [mpf(0)], [mpf(0)])


def sparse_plus(x):
    if x <= -1:
        return [mpf(0)], [mpf(0)], [mpf(0)]
    if x >= 1:
        return [x], [mpf(1)], [mpf(0)]
    return [(x + 1) ** 2 / 4], [(x + 1) / 2], [mpf(1) / 2]


def general(x, mean, std):
    return base.normal(x, mean, std)


NONE = {}
CASES = [
    ("relu", NONE, relu),
    ("leakyRelu", NONE, lambda x: leaky(x, 0.01)),
    ("leakyRelu", {"negativeSlope": -0.3}, lambda x: leaky(x, -0.3)),
    ("prelu", NONE, lambda x: leaky(x, 0.25)),
    ("prelu", {"weight": 1.7}, lambda x: leaky(x, 1.7)),
    ("relu6", NONE, lambda x: clamp(x, 0, 6)),
    ("reluSquared", NONE, relu_squared),
    ("elu", NONE, lambda x: exponential(x, 1, 1, 1)),
    ("elu", {"alpha": 0.3}, lambda x: exponential(x, 1, 0.3, 1)),
    ("selu", NONE, lambda x: exponential(x, mpf("1.0507009873554804934193349852946"), mpf("1.6732632423543772848170429916717"), 1)),
    ("celu", NONE, lambda x: exponential(x, 1, 1, 1)),
    ("celu", {"alpha": 2.7}, lambda x: exponential(x, 1, 2.7, 2.7)),
    ("silu", NONE, lambda x: silu(x, 1)),
    ("silu", {"beta": 1.702}, lambda x: silu(x, 1.702)),
    ("silu", {"beta": 0.1}, lambda x: silu(x, 0.1)),
    ("mish", NONE, mish),
    ("softplus", NONE, lambda x: softplus(x, 1, 20)),
    ("softplus", {"beta": 3.3, "threshold": math.inf}, lambda x: softplus(x, 3.3, inf)),
    ("squareplus", NONE, lambda x: squareplus(x, 4)),
    ("squareplus", {"b": 0.3}, lambda x: squareplus(x, 0.3)),
    ("squareplus", {"b": 1e200}, lambda x: squareplus(x, 1e200)),
    ("sigmoid", NONE, sigmoid),
    ("logsigmoid", NONE, logsigmoid),
    ("tanh", NONE, tanh_of),
    ("softsign", NONE, softsign),
    ("hardsigmoid", NONE, lambda x: clamp(x, -3, 3, 3, 6)),
    ("hardswish", NONE, hardswish),
    ("hardtanh", NONE, lambda x: clamp(x, -1, 1)),
    ("hardtanh", {"minVal": -0.3, "maxVal": 2.5}, lambda x: clamp(x, -0.3, 2.5)),
    ("lalu", NONE, lambda x: laplace(x, 0, 1)),
    ("lalu", {"location": 0.7, "scale": 2.0}, lambda x: laplace(x, 0.7, 2)),
    ("lalu", {"location": -3.0, "scale": 0.1}, lambda x: laplace(x, -3, 0.1)),
    ("calu", NONE, lambda x: cauchy(x, 0, 1)),
    ("calu", {"location": 0.7, "scale": 2.0}, lambda x: cauchy(x, 0.7, 2)),
    ("calu", {"location": -3.0, "scale": 0.1}, lambda x: cauchy(x, -3, 0.1)),
    ("gelu", NONE, lambda x: general(x, 0, 1)),
    ("gelu", {"mean": 0.5, "std": 0.25}, lambda x: general(x, 0.5, 0.25)),
    ("gelu", {"approximate": "tanh"}, lambda x: base.gated(x, base.TANH)),
    ("gelu", {"approximate": "sigmoid"}, lambda x: base.gated(x, base.SIGMOID)),
    ("elu", {"alpha": -1.3}, lambda x: exponential(x, 1, -1.3, 1)),
    ("elu", {"alpha": 0.0}, lambda x: exponential(x, 1, 0, 1)),
    ("celu", {"alpha": -0.7}, lambda x: exponential(x, 1, -0.7, -0.7)),
    ("silu", {"beta": 0.0}, lambda x: silu(x, 0)),
    ("silu", {"beta": -1.3}, lambda x: silu(x, -1.3)),
    ("softplus", {"beta": -1.7}, lambda x: softplus(x, -1.7, 20)),
    ("softplus", {"beta": 0.5, "threshold": -1.5}, lambda x: softplus(x, 0.5, -1.5)),
    ("softplus", {"threshold": 0.0}, lambda x: softplus(x, 1, 0)),
    ("clippedGelu", NONE, lambda x: clipped_gelu(x, -10, 10)),
    ("clippedGelu", {"minVal": -1.0, "maxVal": 1.25}, lambda x: clipped_gelu(x, -1, 1.25)),
    ("laplace", NONE, lambda x: normal_cdf(x, 0.707107, 0.282095)),
    ("laplace", {"mu": -1.5, "sigma": 3.0}, lambda x: normal_cdf(x, -1.5, 3)),
    ("xielu", NONE, lambda x: xielu(x, 0.8, 0.8, 0.5, 0)),
    ("xielu", {"alphaP": 0.3, "alphaN": 0.4, "beta": 0.9}, lambda x: xielu(x, 0.3, 0.4, 0.9, 0)),
    ("xielu", {"eps": -0.0009765625}, lambda x: xielu(x, 0.8, 0.8, 0.5, -0.0009765625)),
    ("hardMish", NONE, hard_mish),
    ("exponential", NONE, exponential_of),
    ("sparsePlus", NONE, sparse_plus),
    ("sparseSigmoid", NONE, lambda x: clamp(x, -1, 1, 1, 2)),
    ("hardshrink", NONE, lambda x: shrink(x, 0.5, 0)),
    ("hardshrink", {"lambd": -1.0}, lambda x: ([x], [mpf(1)], [mpf(0)])),
    ("softshrink", NONE, lambda x: shrink(x, 0.5, 0.5)),
    ("softshrink", {"lambd": 0.3}, lambda x: shrink(x, 0.3, 0.3)),
    ("tanhshrink", NONE, tanhshrink),
    ("threshold", NONE, lambda x: threshold(x, 1, 0)),
    ("threshold", {"threshold": 0.1, "value": -20.0}, lambda x: threshold(x, 0.1, -20)),
    ("rrelu", NONE, lambda x: leaky(x, 1 / 16 + (1 / 3) / 2)),
    ("identity", NONE, lambda x: ([x], [mpf(1)], [mpf(0)])),
]


def entry(addends, x):
    v = sum(addends)
    if abs(v) >= mpf(2) ** 1024:
        return [1e999 if v > 0 else -1e999]
    return base.entry(addends)


def numbers(f, x):
    return [x, *(entry(a, x) for a in f(mpf(x)))]


def signed(draw, low, high, n):
    return base.spread(draw, low, high, n)


def crossings(f, order):
    """The places in [−6, 6] at which a derivative changes its sign."""
    g = lambda x: sum(f(x)[order])
    found = []
    for low, high in base.brackets(g, mpf(-6), mpf("6.01"), 301):
        for _ in range(70):
            middle = (low + high) / 2
            if (g(middle) < 0) == (g(low) < 0):
                low = middle
            else:
                high = middle
        found.append(low)
    return found


def ranges(f, draw):
    uniform = lambda low, high, n: [draw.uniform(low, high) for _ in range(n)]
    kinks = [-3.0, -1.0, 0.0, 1.0, 3.0, 6.0, 20.0]
    special = [s * v for s in (-1, 1) for v in (0.5, 2.0, 2.0**-27, 2.0**-53, 2.0**64, base.LEAST, base.MAX, 1e-300, 1e300)]
    special += [y for k in kinks for y in (k, math.nextafter(k, -99), math.nextafter(k, 99))]
    roots = [y for order in (1, 2) for r in crossings(f, order) for y in base.around(r, draw, 8)]
    return {
        "tiny": signed(draw, base.LEAST, 2.0**-60, 16),
        "small": signed(draw, 2.0**-60, 0.25, 24),
        "unit": uniform(-1, 1, 20),
        "medium": uniform(-8, 8, 36),
        "far": uniform(-50, 50, 16) + uniform(-800, 800, 16),
        "large": signed(draw, 1e3, 1.7e308, 20),
        "roots": roots,
        "special": special,
    }


def text_of(cases):
    """The data of cases, each a name, parameters and a function."""
    entries = []
    for name, parameters, f in cases:
        draw = random.Random(name + json.dumps(parameters))
        body = ",\n".join(f'"{key}": {base.lines([numbers(f, x) for x in xs])}' for key, xs in ranges(f, draw).items() if xs)
        given = json.dumps({k: 1e999 if v == math.inf else v for k, v in parameters.items()})
        entries.append(f'{{ "name": "{name}", "parameters": {given}, "ranges": {{\n{body}\n}} }}')
    text = "[\n" + ",\n".join(entries) + "\n]\n"
    return text.replace("Infinity", "1e999")


def read(files):
    """What the files of src/activations say, by a script that loads them."""
    script = pathlib.Path(__file__).parent.parent / "scripts" / "faces" / "cases.mjs"
    done = subprocess.run(["node", script, *files], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def value(v):
    return float(v) if v in ("inf", "-inf") else v


def main(files):
    folder = base.FOLDER / "family"
    folder.mkdir(exist_ok=True)
    if not files:
        (base.FOLDER / "family.json").write_text(text_of(CASES))
        files = sorted(path.stem for path in folder.glob("*.json"))
    for one in read(files) if files else []:
        cases = [
            (
                one["name"],
                {k: value(v) for k, v in case["given"].items()},
                formula(one["reference"], {k: value(v) for k, v in case["all"].items()}),
            )
            for case in one["cases"]
        ]
        (folder / f"{one['file']}.json").write_text(text_of(cases))
        print(f"Wrote {folder / one['file']}.json.")


if __name__ == "__main__":
    main(sys.argv[1:])
