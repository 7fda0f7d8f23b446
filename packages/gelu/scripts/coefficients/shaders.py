"""Prints the coefficients of polynomials.ts. Needs mpmath (Debian: python3-mpmath).

Run: python3 packages/gelu/scripts/coefficients/shaders.py

Each is the polynomial of least largest relative error, found by the exchange algorithm of Remez in 200-bit arithmetic,
its coefficients then rounded to float32.
"""

from fit import remez, show
from mpmath import atan, atanh, erfc, exp, mpf, sqrt, tanh


def powers(degree, lowest=0, offset=mpf(0)):
    return [lambda x, j=j: (x - offset) ** j for j in range(lowest, lowest + degree + 1)]


def exponential():
    """e^−r = 1 − r + r²·q(r), |r| ≤ ½·ln 2."""
    show('EXPONENTIAL', *remez(lambda r: exp(-r), powers(4, 2), mpf('-0.35'), mpf('0.35'), lambda r: 1 - r))


def mills():
    """Q(t)·e^(t²/2) = w·(11/32 + 7/4·w + b(w − 1/4)), w = 1/(t + 9/4), t up to 13.3: beyond, results are subnormal."""
    shift = mpf(9) / 4

    def ratio(w):
        t = 1 / w - shift
        return erfc(t / sqrt(mpf(2))) / 2 * exp(t * t / 2) / w

    low = 1 / (mpf('13.3') + shift)
    show('MILLS', *remez(ratio, powers(10, 0, mpf(1) / 4), low, 1 / shift, lambda w: mpf(11) / 32 + 7 * w / 4))


def logarithm():
    """artanh(z) = z + z·s·p(s), s = z² ≤ 1/9."""
    f = lambda s: (atanh(sqrt(s)) / sqrt(s) - 1) / s  # noqa: E731
    show('LOGARITHM', *remez(f, powers(4), mpf(10) ** -9, mpf(1) / 9))


def arctangent():
    """(q − arctan q)/q³ in s = q² ≤ 1."""
    f = lambda s: (1 - atan(sqrt(s)) / sqrt(s)) / s  # noqa: E731
    show('ARCTANGENT', *remez(f, powers(9), mpf(10) ** -9, mpf(1)))


def tanhshrink():
    """(t − tanh t)/t³ in s = t² ≤ 1."""
    f = lambda s: (1 - tanh(sqrt(s)) / sqrt(s)) / s  # noqa: E731
    show('TANHSHRINK', *remez(f, powers(8), mpf(2) ** -30, mpf(1)))


exponential()
mills()
logarithm()
arctangent()
tanhshrink()
