"""Value and two derivatives of a formula in x with many digits: the `@reference` of an activation's file, a Python expression of
x, the parameters by their names, and abs, atan, cos, erf, exp, expm1, log, log1p, normal (Φ), sigmoid, sin, softplus, sqrt, tanh, pi.
"""

import mpmath
from mpmath import mp, mpf

GONE = 20000  # where e^-t is nothing beside 1


class Jet:
    """A value and its derivatives, each a list of addends: those of the last operation."""

    def __init__(self, value, first=(0,), second=(0,)):
        self.terms = [[mpf(v) for v in value], [mpf(v) for v in first], [mpf(v) for v in second]]
        self.v, self.d, self.s = (sum(t) for t in self.terms)

    def __add__(self, other):
        o = jet(other)
        return Jet(*(a + b for a, b in zip(self.terms, o.terms)))

    def __neg__(self):
        return Jet(*([-v for v in t] for t in self.terms))

    def __mul__(self, other):
        o = jet(other)
        return Jet(
            [self.v * o.v],
            [self.d * o.v, self.v * o.d],
            [self.s * o.v, 2 * self.d * o.d, self.v * o.s],
        )

    def __truediv__(self, other):
        o = jet(other)
        return self * o.chain(1 / o.v, -1 / o.v**2, 2 / o.v**3)

    def __pow__(self, n):
        v = self.v
        return self.chain(v**n, n * v ** (n - 1) if n != 0 else 0, n * (n - 1) * v ** (n - 2) if n not in (0, 1) else 0)

    def chain(self, f, f1, f2):
        return Jet([f], [f1 * self.d], [f2 * self.d**2, f1 * self.s])

    __radd__ = __add__
    __rmul__ = __mul__
    __sub__ = lambda self, other: self + -jet(other)
    __rsub__ = lambda self, other: jet(other) + -self
    __rtruediv__ = lambda self, other: jet(other) / self
    __pos__ = lambda self: self
    __abs__ = lambda self: self if self.v > 0 else -self
    __lt__ = lambda self, other: self.v < jet(other).v
    __le__ = lambda self, other: self.v <= jet(other).v
    __gt__ = lambda self, other: self.v > jet(other).v
    __ge__ = lambda self, other: self.v >= jet(other).v
    __eq__ = lambda self, other: self.v == jet(other).v


def jet(value):
    return value if isinstance(value, Jet) else Jet([value])


def function(value, first, second):
    def of(t):
        t = jet(t)
        return t.chain(value(t.v), first(t.v), second(t.v))

    return of


def decay(t):
    return mp.exp(t) if t > -GONE * 10 else mpf(0)


def logistic(t):
    if abs(t) > GONE:
        return (mpf(1), mpf(0)) if t > 0 else (mpf(0), mpf(1))
    return 1 / (1 + mp.exp(-t)), 1 / (1 + mp.exp(t))


def slope(t):
    s, r = logistic(t)
    return s * r


def turn(t):
    s, r = logistic(t)
    return s * r * (r - s)


def tangent(t):
    return mp.tanh(t) if abs(t) < GONE else mpf((t > 0) - (t < 0))


def density(t):
    return decay(-t * t / 2) / mp.sqrt(2 * mp.pi)


FUNCTIONS = {
    "pi": mp.pi,
    "abs": abs,
    "exp": function(decay, decay, decay),
    "expm1": function(lambda t: mp.expm1(t) if t > -GONE else mpf(-1), decay, decay),
    "log": function(mp.log, lambda t: 1 / t, lambda t: -1 / t**2),
    "log1p": function(mp.log1p, lambda t: 1 / (1 + t), lambda t: -1 / (1 + t) ** 2),
    "sqrt": function(mp.sqrt, lambda t: 1 / (2 * mp.sqrt(t)), lambda t: -1 / (4 * t * mp.sqrt(t))),
    "sin": function(mp.sin, mp.cos, lambda t: -mp.sin(t)),
    "cos": function(mp.cos, lambda t: -mp.sin(t), lambda t: -mp.cos(t)),
    "atan": function(mp.atan, lambda t: 1 / (1 + t * t), lambda t: -2 * t / (1 + t * t) ** 2),
    "tanh": function(tangent, lambda t: 4 * slope(2 * t), lambda t: 8 * turn(2 * t)),
    "sigmoid": function(lambda t: logistic(t)[0], slope, turn),
    "softplus": function(
        lambda t: (max(t, mpf(0)) + mp.log1p(mp.exp(-abs(t)))) if abs(t) < GONE else max(t, mpf(0)),
        lambda t: logistic(t)[0],
        slope,
    ),
    "erf": function(
        mp.erf,
        lambda t: 2 / mp.sqrt(mp.pi) * decay(-t * t),
        lambda t: -4 * t / mp.sqrt(mp.pi) * decay(-t * t),
    ),
    "normal": function(
        lambda t: mp.erfc(-t / mp.sqrt(2)) / 2 if abs(t) < 1000 else mpf(t > 0),
        density,
        lambda t: -t * density(t),
    ),
}

MOST = 16000  # bits


def formula(expression, parameters):
    """A function from x to three lists of addends. Evaluated with more and more bits until the sums stay the same to 300."""
    code = compile(expression, "@reference", "eval")

    def at(x, bits):
        with mp.workprec(bits):
            names = {**FUNCTIONS, **{k: mpf(v) for k, v in parameters.items()}}
            return jet(eval(code, {"__builtins__": {}}, {**names, "x": Jet([x], [1])})).terms

    def same(a, b):
        a, b = sum(a), sum(b)
        return abs(a - b) <= abs(b) * mpf(2) ** -300 or max(abs(a), abs(b)) < mpf(2) ** -3000

    def f(x):
        bits, terms = mp.prec, at(x, mp.prec)
        while bits < MOST:
            bits *= 2
            better = at(x, bits)
            if all(same(a, b) for a, b in zip(terms, better)):
                return [[+v for v in t] for t in better]
            terms = better
        raise ArithmeticError(f"{expression} at {x}: too much cancels; write it so that less does")

    return f
