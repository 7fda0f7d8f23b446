"""Multi-precision values at extreme parameters: writes data/extreme.json beside this file.

    python3 packages/gelu/reference/extreme.py [COUNT [SEED]]        (needs mpmath; 60 points for each function)

Parameters are drawn from the smallest to the largest double that is accepted, x from where the function turns and from
everywhere. The data are a list of [name, parameters, x, value, first derivative, second derivative], entries as in gelu.py's.
With a COUNT the data go to standard output.
"""

import json
import math
import random
import struct
import sys

import family
from mpmath import mp, mpf

import gelu as base

mp.prec = 700
TOP = 1.7e308


def anything(draw, low=-1074, high=1023.99):
    """A positive number of any size."""
    return min(max(2.0 ** draw.uniform(low, high), base.LEAST), TOP) if draw.random() < 0.8 else draw.choice([base.LEAST, 1e-310, 1e-38, 1e-20, 1e-7, 1.0, 104.0, 1e19, 1e38, 1e155, TOP])


def signed(draw, *range_):
    return draw.choice([-1, 1]) * anything(draw, *range_)


def near(draw, width, centre=0.0):
    """x at a few widths from the centre, at the centre, or anywhere."""
    kind = draw.random()
    if kind < 0.7:
        x = centre + width * draw.uniform(-1, 1) * draw.choice([0.1, 1, 10, 40, 700])
    elif kind < 0.8:
        x = centre
    else:
        x = signed(draw)
    return half_single(draw, x) if math.isfinite(x) else draw.choice([-TOP, TOP])


def half_single(draw, x):
    """x, or as often the float32 nearest to it."""
    return struct.unpack('f', struct.pack('f', x))[0] if abs(x) < 3.4e38 and draw.random() < 0.5 else x


def placed(draw):
    scale = anything(draw)
    ratio = draw.choice([0.0, 1.0, 1e3, 2.0**390 * draw.random()])
    location = draw.choice([0.0, signed(draw), scale * ratio, -scale * draw.random() * 100, -scale, 104.0])
    if abs(location) / 2.0**400 > scale or not math.isfinite(location):
        location = scale
    return location, scale


def exponential(draw, name, alpha):
    width = 1.0 if name == 'elu' else abs(alpha)
    return -abs(near(draw, width)) if draw.random() < 0.9 else near(draw, width)


def cases(draw, count, other):
    for i in range(count):
        alpha = signed(draw)
        yield 'elu', {'alpha': alpha}, exponential(draw, 'elu', alpha), lambda x, a=alpha: family.exponential(x, 1, a, 1)
        alpha = signed(draw)
        yield 'celu', {'alpha': alpha}, exponential(draw, 'celu', alpha), lambda x, a=alpha: family.exponential(x, 1, a, a)
        beta = signed(draw)
        yield 'silu', {'beta': beta}, near(draw, min(1 / abs(beta), TOP)), lambda x, b=beta: family.silu(x, b)
        beta, threshold = signed(draw), draw.choice([20.0, 0.0, -3.0, math.inf, 1e300])
        x = near(draw, min(1 / abs(beta), TOP))
        if not math.isclose(beta * x, threshold, rel_tol=1e-12):
            yield 'softplus', {'beta': beta, 'threshold': threshold}, x, lambda x, b=beta, t=threshold: family.softplus(x, b, mpf(t))
        b = anything(draw)
        yield 'squareplus', {'b': b}, near(draw, math.sqrt(b)), lambda x, b=b: family.squareplus(x, b)
        location, scale = placed(draw)
        x = near(draw, scale, location)
        yield 'lalu', {'location': location, 'scale': scale}, x, lambda x, m=location, s=scale: family.laplace(x, m, s)
        location, scale = placed(draw)
        x = near(draw, scale, location)
        yield 'calu', {'location': location, 'scale': scale}, x, lambda x, m=location, s=scale: family.cauchy(x, m, s)
        location, scale = placed(draw)
        x = near(draw, scale, location)
        yield 'laplace', {'mu': location, 'sigma': scale}, x, lambda x, m=location, s=scale: family.normal_cdf(x, m, s)
        mean, std = placed(draw)
        x = near(draw, std, mean)
        yield 'gelu', {'mean': mean, 'std': std}, x, lambda x, m=mean, s=std: family.general(x, m, s)
        if i % 4 == 0:
            yield from pieces(other)


def moderate(draw):
    return min(max(anything(draw), 2.0**-300), 2.0**300)


def pieces(draw):
    def point(*edges):
        edge = draw.choice(edges)
        x = draw.choice([edge, math.nextafter(edge, math.inf), math.nextafter(edge, -math.inf), edge * draw.uniform(-2, 2), signed(draw)])
        return half_single(draw, x) if math.isfinite(x) else edge

    slope = signed(draw)
    yield 'leakyRelu', {'negativeSlope': slope}, point(-1.0, 0.0), lambda x, s=slope: family.leaky(x, s)
    yield 'prelu', {'weight': slope}, point(-1.0, 0.0), lambda x, s=slope: family.leaky(x, s)
    lower = signed(draw) / 4
    upper = lower + anything(draw) / 4
    mean = lower / 2 + upper / 2  # as the library rounds it
    yield 'rrelu', {'lower': lower, 'upper': upper}, point(-1.0, 0.0), lambda x, s=mean: family.leaky(x, s)
    at, constant = signed(draw), signed(draw)
    yield 'threshold', {'threshold': at, 'value': constant}, point(at), lambda x, t=at, c=constant: family.threshold(x, mpf(t), mpf(c))
    width = anything(draw)
    yield 'hardshrink', {'lambd': width}, point(width, -width), lambda x, w=width: family.shrink(x, mpf(w), mpf(0))
    yield 'softshrink', {'lambd': width}, point(width, -width), lambda x, w=width: family.shrink(x, mpf(w), mpf(w))
    low, high = sorted([signed(draw), signed(draw)])
    if low < high:
        yield 'hardtanh', {'minVal': low, 'maxVal': high}, point(low, high), lambda x, l=low, h=high: family.clamp(x, l, h)
    low, high = -anything(draw), anything(draw)
    yield 'clippedGelu', {'minVal': low, 'maxVal': high}, point(low, high, -1.0, -10.0), lambda x, l=low, h=high: family.clipped_gelu(x, mpf(l), mpf(h))
    alpha_p, alpha_n, beta, eps = moderate(draw), moderate(draw), moderate(draw), draw.choice([0.0, -1e-6, -0.125, -(2.0 ** draw.uniform(-1074, -3))])
    yield 'xielu', {'alphaP': alpha_p, 'alphaN': alpha_n, 'beta': beta, 'eps': eps}, point(eps, 1.0, -5.0, -beta / alpha_n), lambda x, a=alpha_p, n=alpha_n, b=beta, e=eps: family.xielu(x, a, n, b, e)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    seed = sys.argv[2] if len(sys.argv) > 2 else ''
    draw, other = random.Random('extreme' + seed), random.Random('pieces' + seed)
    rows = []
    for name, parameters, x, f in cases(draw, count, other):
        entries = [family.entry(a, x) for a in f(mpf(x))]
        rows.append(json.dumps([name, {k: 1e999 if v == math.inf else v for k, v in parameters.items()}, x, *entries]))
    text = '[\n' + ',\n'.join(rows).replace('Infinity', '1e999') + '\n]\n'
    if len(sys.argv) > 1:
        sys.stdout.write(text)
    else:
        (base.FOLDER / 'extreme.json').write_text(text)


if __name__ == '__main__':
    main()
