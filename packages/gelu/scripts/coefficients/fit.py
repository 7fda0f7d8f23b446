"""Polynomials of least largest relative error, by the exchange algorithm of Remez in 200-bit arithmetic.

The coefficients are rounded to float32 when they are shown. Needs mpmath (Debian: python3-mpmath).
"""

import struct

from mpmath import cos, fdot, log, lu_solve, matrix, mp, mpf, pi

mp.prec = 200


def float32(v):
    return struct.unpack('f', struct.pack('f', float(v)))[0]


def remez(f, basis, lo, hi, fixed=lambda x: mpf(0)):
    """c with fixed + Σ c·basis ≈ f on [lo, hi], and log2 of the relative error before the rounding of c."""
    count = len(basis) + 1
    grid = [(lo + hi) / 2 - (hi - lo) / 2 * cos(pi * k / 600) for k in range(601)]
    points = [(lo + hi) / 2 - (hi - lo) / 2 * cos(pi * (2 * k + 1) / (2 * count)) for k in range(count)]
    # What is evaluated again in every round.
    known = {x: (f(x), fixed(x), [term(x) for term in basis]) for x in [*grid, *points]}
    for _ in range(12):
        a, b = matrix(count, count), matrix(count, 1)
        for i, x in enumerate(points):
            y, start, terms = known[x]
            for j, value in enumerate(terms):
                a[i, j] = value
            a[i, count - 1] = (-1) ** i * y
            b[i] = y - start
        c = list(lu_solve(a, b))[:-1]
        error = []
        for x in grid:
            y, start, terms = known[x]
            error.append((start + fdot(c, terms)) / y - 1)
        runs = [[0]]
        for k in range(1, len(grid)):
            if (error[k] > 0) == (error[k - 1] > 0):
                runs[-1].append(k)
            else:
                runs.append([k])
        peaks = [max(run, key=lambda k: abs(error[k])) for run in runs]
        while len(peaks) > count:
            peaks.pop(0 if abs(error[peaks[0]]) < abs(error[peaks[-1]]) else -1)
        if len(peaks) < count:
            break
        before, points = points, [grid[k] for k in peaks]
        if points == before:
            break
    return c, float(log(max(map(abs, error)), 2))


def show(name, c, error):
    print(f'{name}: relative error 2^{error:.1f}', [float32(v) for v in c])
