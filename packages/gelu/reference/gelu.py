"""Multi-precision reference values of GELU: writes data/*.json beside this file.

    python3 packages/gelu/reference/gelu.py          (needs mpmath; a few seconds; always the same result)

Everything is evaluated with 500 bits from the definitions, √(2/π), 0.044715 and 1.702 being real numbers:

    none      x·Φ((x − mean)/std)
    tanh      ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))
    sigmoid   x·σ(1.702·x)

none.json, tanh.json, sigmoid.json: { "ranges": { name: [row, …] } }; general.json: { "pairs": [{ mean, std, rows }] }.
A row is [x, value, first derivative, second derivative]; x is an exact float64. Each of the three is
[hi, lo, exponent = 0, cancelled = 0], trailing zeros left out: the number is (hi + lo)·2^exponent, hi being
(hi + lo) rounded to nearest even, lo what that leaves out (13 digits). Only numbers below 2^-900 or above 2^900 have
an exponent.
Numbers below 2^-3000 are written as ±0. `cancelled`: so many binary places lie between the leading bit of the
derivative and that of the larger of its addends (Φ(z) and w·φ(z), w = x/std; 2·φ(z)/std and w·z·φ(z)/std; for x·s(x)
likewise s and x·s', 2·s' and x·s'').

landmarks.json: 60 digits of the minimum (place and value) and of the roots of the second derivative.
"""

import json
import math
import pathlib
import random
import struct

from mpmath import erfc, exp, findroot, mp, mpf, nstr, pi, sqrt

mp.prec = 500
FOLDER = pathlib.Path(__file__).parent / "data"
LEAST = 5e-324
MAX = 1.7976931348623157e308
MIN_NORMAL = 2.0**-1022
GONE = mpf(2) ** -3000
TANH = (2 * sqrt(2 / pi), 2 * sqrt(2 / pi) * mpf("0.044715"))
SIGMOID = (mpf("1.702"), mpf(0))


def normal(x, mean=0.0, std=1.0):
    """Three lists of addends whose sums are the value and the derivatives of x·Φ((x − mean)/std)."""
    x, mean, std = mpf(x), mpf(mean), mpf(std)
    z, w = (x - mean) / std, x / std
    if abs(z) > 1000:
        gate = mpf(1 if z > 0 else 0)
        return [x * gate], [gate], [mpf(0)]
    gate = erfc(-z / sqrt(2)) / 2
    density = exp(-z * z / 2) / sqrt(2 * pi)
    return [x * gate], [gate, w * density], [2 * density / std, -w * z * density / std]


def gated(x, coefficients):
    """The same for x·σ(a·x + b·x³)."""
    a, b = coefficients
    x = mpf(x)
    v = a * x + b * x**3
    if abs(v) > 10000:
        gate = mpf(1 if v > 0 else 0)
        return [x * gate], [gate], [mpf(0)]
    s, r = 1 / (1 + exp(-v)), 1 / (1 + exp(v))
    v1, v2 = a + 3 * b * x * x, 6 * b * x
    return [x * s], [s, x * s * r * v1], [2 * s * r * v1, x * s * r * (v2 + v1 * v1 * (r - s))]


FORMS = {"none": normal, "tanh": lambda x: gated(x, TANH), "sigmoid": lambda x: gated(x, SIGMOID)}


def magnitude(v):
    """floor(log2 |v|)."""
    return mp.mag(v) - 1 if not power_of_two(v) else v.man_exp[1] + v.man_exp[0].bit_length() - 1


def power_of_two(v):
    man = abs(v.man_exp[0])
    return man & (man - 1) == 0


def nearest(v):
    """v rounded to 53 bits, to nearest even."""
    with mp.workprec(53):
        return float(+v)


def entry(addends, negative_zero=False):
    v = sum(addends)
    if abs(v) < GONE:
        return [-0.0 if negative_zero else 0.0, 0.0]
    m = magnitude(v)
    cancelled = max(0, max(magnitude(a) for a in addends if a != 0) - m)
    exponent = m if abs(m) > 900 else 0
    v = v * mpf(2) ** -exponent
    hi = nearest(v)
    row = [hi, float(nstr(v - mpf(hi), 13)), exponent, cancelled]
    while len(row) > 2 and row[-1] == 0:
        row.pop()
    return row


def row(f, x):
    value, first, second = f(x)
    return [x, entry(value, math.copysign(1, x) < 0), entry(first, x < 0), entry(second)]


def brackets(f, low, high, steps):
    points = [low + (high - low) * mpf(i) / steps for i in range(steps + 1)]
    values = [f(p) for p in points]
    return [(points[i], points[i + 1]) for i in range(steps) if values[i] * values[i + 1] < 0]


def roots(f, order):
    """The roots of the derivative of that order in [−12, 12], refined by bisection and the secant method."""
    g = lambda x: sum(f(x)[order])
    return [findroot(g, b, solver="anderson", tol=mpf(10) ** -140) for b in brackets(g, mpf(-12), mpf("12.01"), 997)]


def depth(f, low, high, target):
    """The float64 x in [low, high] where |f(x)| falls below target, from above."""
    for _ in range(60):
        middle = (low + high) / 2
        if abs(sum(f(middle)[0])) < target:
            low = middle
        else:
            high = middle
    return high


def bits(n):
    return struct.unpack("<d", struct.pack("<Q", n))[0]


def spread(draw, low, high, n):
    """n points of both signs whose logarithms are even in [low, high]."""
    return [math.copysign(2.0 ** draw.uniform(math.log2(low), math.log2(high)), draw.random() - 0.5) for _ in range(n)]


def around(root, draw, n):
    """Points at every distance from a root, down to the neighbouring float64."""
    centre = nearest(root)
    points = [centre, math.nextafter(centre, 9), math.nextafter(centre, -9)]
    distance = lambda: draw.choice((-1, 1)) * draw.uniform(1, 2) * 2.0 ** draw.uniform(-53, -3)
    return points + [centre + distance() for _ in range(n)]


def points(f, first, second, draw):
    underflow = depth(f, -500.0, -5.0, mpf(2) ** -1076)
    subnormal = depth(f, -500.0, -5.0, mpf(2) ** -1022)
    uniform = lambda low, high, n: [draw.uniform(low, high) for _ in range(n)]
    special = [0.0, -0.0, underflow, subnormal, -24.0, -40.0, -60.0, -480.0, 24.0, 40.0, 480.0]
    exponents = (-1022, -512, -64, -54, -53, -52, -27, -26, -2, -1, 0, 1, 2, 3, 4, 5)
    special += [s * 2.0**k for s in (-1, 1) for k in exponents]
    special += [s * (i + 0.5) / 16 for s in (-1, 1) for i in (0, 1, 5, 15, 16, 31, 40, 63, 100, 150)]
    special += [s * math.sqrt(v) for s in (-1, 1) for v in (0.5, 2, 3, 2 * math.log(2), 200, 1400)]
    special += [math.nextafter(x, s * 1e9) for x in special if x != 0 for s in (-1, 1)]
    return {
        "subnormal": [s * v for s in (-1, 1) for v in (LEAST, 2 * LEAST, MIN_NORMAL - LEAST)]
        + [draw.choice((-1, 1)) * bits(draw.getrandbits(draw.randint(2, 52))) for _ in range(60)],
        "tiny": spread(draw, MIN_NORMAL, 2.0**-60, 120),
        "small": spread(draw, 2.0**-60, 0.25, 240),
        "root": [x for r in first for x in around(r, draw, 150)],
        "inflection": [x for r in second for x in around(r, draw, 80)],
        "unit": uniform(-1, 1, 240),
        "medium": uniform(-8, 8, 320),
        "tail": uniform(subnormal, -5, 320),
        "deep tail": uniform(underflow * 1.01, subnormal, 120),
        "large positive": [8 * 2.0 ** draw.uniform(0, 7) for _ in range(60)]
        + [abs(x) for x in spread(draw, 1e3, 1e308, 20)]
        + [MAX],
        "large negative": [underflow * 2.0 ** draw.uniform(0, 5) for _ in range(20)]
        + [-abs(x) for x in spread(draw, 1e3, 1e308, 10)]
        + [-MAX],
        "special": special,
    }


PAIRS = [(0.5, 1.0), (0.0, 0.1), (-1.25, 0.5), (2.0, 3.0), (0.1, 1e-3), (-100.0, 7.0), (50.0, 1.0), (1e-3, 1e5)]
PAIRS += [(0.0, 1e-200), (1e200, 1e199), (1e308, 1e307), (-1e308, 1.0), (0.0, LEAST), (-1e-310, 1e-310)]
PAIRS += [(1.0, 1e-300), (1e300, 1e-300)]


def general(mean, std, draw):
    z = [draw.uniform(-39, -8) for _ in range(25)] + [draw.uniform(-8, 9) for _ in range(40)]
    z += [0.0, 1.0, -1.0, 39.0, -45.0, -50.0, -55.0, -59.5, -60.5, -70.0, 1e4, -1e4]
    z += [draw.uniform(-1, 1) * 2.0 ** draw.uniform(-60, 0) for _ in range(15)]
    x = [mean + t * std for t in z]
    x += [mean, -mean, std, -std, 0.0, 1.0, -1.0, 1e-300, -1e-300, LEAST, -LEAST, MAX, -MAX]
    x += [draw.choice((-1, 1)) * std * 2.0 ** draw.uniform(-60, 0) for _ in range(15)]
    return [row(lambda v: normal(v, mean, std), v) for v in dict.fromkeys(x) if math.isfinite(v)]


def lines(rows):
    return "[\n" + ",\n".join(json.dumps(r, separators=(",", ":")) for r in rows) + "\n]"


def write(name, text):
    (FOLDER / name).write_text(text + "\n")


def main():
    FOLDER.mkdir(exist_ok=True)
    landmarks = {}
    for name, f in FORMS.items():
        draw = random.Random(name)
        first, second = roots(f, 1), roots(f, 2)
        assert len(first) == 1
        landmarks[name] = {
            "minimum": {"x": nstr(first[0], 60), "value": nstr(sum(f(first[0])[0]), 60)},
            "inflections": [nstr(r, 60) for r in second],
        }
        ranges = points(f, first, second, draw)
        body = ",\n".join(f'"{key}": {lines([row(f, x) for x in values])}' for key, values in ranges.items())
        write(f"{name}.json", f'{{ "ranges": {{\n{body}\n}} }}')
    draw = random.Random("general")
    body = ",\n".join(
        f'{{ "mean": {m!r}, "std": {s!r}, "rows": {lines(general(m, s, draw))} }}' for m, s in PAIRS
    )
    write("general.json", f'{{ "pairs": [\n{body}\n] }}')
    write("landmarks.json", json.dumps(landmarks, indent=2))


if __name__ == "__main__":
    main()
