"""Prints the coefficients of polynomials.ts. Needs mpmath (Debian: python3-mpmath).

Run: python3 packages/gelu/src/jax/fit.py

Each is the polynomial of least largest relative error, found by the exchange algorithm of Remez in 200-bit arithmetic,
its coefficients then rounded to float32.
"""

import struct

from mpmath import cos, erfc, exp, log, lu_solve, matrix, mp, mpf, pi, sqrt

mp.prec = 200


def float32(v):
    return struct.unpack('f', struct.pack('f', float(v)))[0]


def remez(f, basis, lo, hi, fixed=lambda x: mpf(0)):
    """c with fixed + Σ c·basis ≈ f on [lo, hi], and log2 of the relative error before the rounding of c."""
    count = len(basis) + 1
    grid = [(lo + hi) / 2 - (hi - lo) / 2 * cos(pi * k / 600) for k in range(601)]
    points = [(lo + hi) / 2 - (hi - lo) / 2 * cos(pi * (2 * k + 1) / (2 * count)) for k in range(count)]
    for _ in range(12):
        a, b = matrix(count, count), matrix(count, 1)
        for i, x in enumerate(points):
            for j, term in enumerate(basis):
                a[i, j] = term(x)
            a[i, count - 1] = (-1) ** i * f(x)
            b[i] = f(x) - fixed(x)
        c = list(lu_solve(a, b))[:-1]
        error = [(fixed(x) + sum(v * term(x) for v, term in zip(c, basis))) / f(x) - 1 for x in grid]
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
        points = [grid[k] for k in peaks]
    return c, float(log(max(map(abs, error)), 2))


def show(name, c, error):
    print(f'{name}: relative error 2^{error:.1f}', [float32(v) for v in c])


def exponential():
    """e^(−w/2) = 1 + w·p(w)."""
    basis = [lambda x, j=j: x**j for j in range(1, 7)]
    end = log(mpf(2)) + mpf('0.01')
    show('EXPONENTIAL', *remez(lambda x: exp(-x / 2), basis, -end, end, lambda x: mpf(1)))


def mills():
    """Q(t)·e^(t²/2) = R·(p(H) + R·q(H)), R = √(t² + 7) − t, H = t·R − 3/2, in terms of R: t = (7/R − R)/2."""

    def t_of(r):
        return (7 / r - r) / 2

    def h_of(r):
        return t_of(r) * r - mpf(3) / 2

    def ratio(r):
        t = t_of(r)
        return erfc(t / sqrt(mpf(2))) / 2 * exp(t * t / 2)

    limit = mpf('14.75')
    basis = [lambda r, j=j: r * h_of(r) ** j for j in range(5)] + [lambda r, j=j: r * r * h_of(r) ** j for j in range(4)]
    c, error = remez(ratio, basis, sqrt(limit**2 + 7) - limit, sqrt(mpf(7)))
    show('MILLS_P', c[:5], error)
    show('MILLS_Q', c[5:], error)


def reciprocal():
    """1/d on [1, 2], the start of Newton's iteration."""
    show('RECIPROCAL', *remez(lambda d: 1 / d, [lambda d, j=j: d**j for j in range(3)], mpf(1), mpf(2)))


if __name__ == '__main__':
    exponential()
    mills()
    reciprocal()
