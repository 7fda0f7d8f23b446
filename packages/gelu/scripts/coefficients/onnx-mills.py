"""Prints the coefficients of mills.ts. Needs mpmath (Debian: python3-mpmath).

Run: python3 packages/gelu/scripts/coefficients/onnx-mills.py [degree of P] [degree of Q]

The rational function P/Q of least largest relative error to Q(t)·e^(t²/2) on [0, 14.75], by weighted least squares in
120-bit arithmetic, reweighted by the denominator (Loeb) and towards the largest errors (Lawson). The coefficients are
then rounded to float32, one by one, the others fitted again each time.
"""

import struct
import sys

from mpmath import cos, erfc, exp, fdot, log, lu_solve, matrix, mp, mpf, pi, sqrt

mp.prec = 120
LIMIT = mpf('14.75')
POINTS = 240


def float32(v):
    return struct.unpack('f', struct.pack('f', float(v)))[0]


def ratio(t):
    return erfc(t / sqrt(mpf(2))) / 2 * exp(t * t / 2)


# Dense near 0, where the function bends.
GRID = [LIMIT * ((1 - cos(pi * k / (POINTS - 1))) / 2) ** 2 for k in range(POINTS)]
VALUES = [ratio(t) for t in GRID]
POWERS = [[t**j for j in range(16)] for t in GRID]


def evaluate(c, powers):
    return fdot(c, powers[: len(c)])


def solve(np_, nq, fixed, weights, old):
    """P and Q (its constant term 1) with the coefficients in `fixed` held."""
    free = [j for j in range(np_ + nq + 1) if j not in fixed]
    columns, right = [[] for _ in free], []
    for powers, f, w in zip(POWERS, VALUES, weights):
        scale = sqrt(w) / (f * evaluate(old, powers))
        # P − f·(Q − 1) = f
        row = powers[: np_ + 1] + [-f * v for v in powers[1 : nq + 1]]
        for column, j in zip(columns, free):
            column.append(scale * row[j])
        right.append(scale * (f - fdot((row[j], v) for j, v in fixed.items())))
    n = len(free)
    a, b = matrix(n, n), matrix(n, 1)
    for i in range(n):
        b[i] = fdot(columns[i], right)
        for j in range(i, n):
            a[i, j] = a[j, i] = fdot(columns[i], columns[j])
    found = lu_solve(a, b)
    c = dict(fixed)
    for i, j in enumerate(free):
        c[j] = found[i]
    c = [c[j] for j in range(np_ + nq + 1)]
    return c[: np_ + 1], [mpf(1)] + c[np_ + 1 :]


def errors(p, q):
    return [evaluate(p, t) / evaluate(q, t) / f - 1 for t, f in zip(POWERS, VALUES)]


def fit(np_, nq, fixed, rounds, q):
    weights = [mpf(1)] * POINTS
    best = None
    for _ in range(rounds):
        p, q = solve(np_, nq, fixed, weights, q)
        size = [abs(e) for e in errors(p, q)]
        if best is None or max(size) < best[0]:
            best = (max(size), p, q)
        total = sum(w * e for w, e in zip(weights, size))
        weights = [w * e / total * POINTS + mpf('1e-9') for w, e in zip(weights, size)]
    return best


np_, nq = (int(sys.argv[1]), int(sys.argv[2])) if len(sys.argv) > 2 else (4, 5)
error, p, q = fit(np_, nq, {}, 30, [mpf(1)])
print(f'before rounding: 2^{float(log(error, 2)):.1f}')
fixed = {}
for j in [*range(np_ + nq, np_, -1), *range(np_, -1, -1)]:
    all_ = [*p, *q[1:]]
    fixed[j] = mpf(float32(all_[j]))
    if len(fixed) < np_ + nq + 1:
        error, p, q = fit(np_, nq, fixed, 12, q)
p = [fixed[j] for j in range(np_ + 1)]
q = [mpf(1)] + [fixed[j] for j in range(np_ + 1, np_ + nq + 1)]
print(f'rounded: 2^{float(log(max(abs(e) for e in errors(p, q)), 2)):.1f}')
print('P', [float(v) for v in p])
print('Q', [float(v) for v in q])
