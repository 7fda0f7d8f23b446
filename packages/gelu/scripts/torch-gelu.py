"""PyTorch's own GELU on a GPU: its errors on all 2^32 float32 inputs, and its time beside a copy.

    python3 scripts/torch-gelu.py [--device cuda] [--inputs 4294967296] [--elements 134217728] [--log FILE]

Prints lines of JSON. The reference is the definition in float64 on the same device, without cancellation in the tail:
x*erfc(-x/sqrt 2)/2, x/(1 + exp(-v)). `worst` is in ULP of the exact result, of a derivative within 0.15 of its root in ULP of its
larger addend; `zeros` counts results that are 0 where the exact one is a normal number, `firstZero` is the largest negative
such input.
"""
import argparse
import json
import math
import sys

import torch
import torch.nn.functional as F

parser = argparse.ArgumentParser()
parser.add_argument("--device", default="cuda")
parser.add_argument("--inputs", type=int, default=2**32)
parser.add_argument("--elements", type=int, default=2**27)
parser.add_argument("--log")
options = parser.parse_args()
if options.device == "cuda" and not torch.cuda.is_available():
    sys.exit("no CUDA device here")
device = torch.device(options.device)
A, B = math.sqrt(2 / math.pi), math.sqrt(2 / math.pi) * 0.044715


def say(**line):
    text = json.dumps(line)
    print(text, flush=True)
    if options.log:
        with open(options.log, "a") as log:
            log.write(text + "\n")


def logistic(x, v, slope):
    """x*s(v) and its derivative s(v) + x*v'*s(v)*(1 - s(v)), with the larger addend."""
    s, other = torch.sigmoid(v), torch.sigmoid(-v)
    # torch.sigmoid(v) of float64 is 1/(1 + exp(-v)), which keeps its digits for v below 0.
    return x * s, s * (1 + x * slope * other), s


def exact(form, x):
    if form == "none":
        phi = torch.exp(-0.5 * x * x) / math.sqrt(2 * math.pi)
        s = 0.5 * torch.special.erfc(-x * math.sqrt(0.5))
        return x * s, s + x * phi, s
    if form == "tanh":
        return logistic(x, 2 * x * (A + B * x * x), 2 * (A + 3 * B * x * x))
    return logistic(x, 1.702 * x, 1.702)


def run(form, order, x):
    if form == "sigmoid":  # as a user of PyTorch writes it
        if order == 0:
            return x * torch.sigmoid(1.702 * x)
        x = x.detach().requires_grad_()
        return torch.autograd.grad((x * torch.sigmoid(1.702 * x)).sum(), x)[0]
    if order == 0:
        return F.gelu(x, approximate=form)
    return torch.ops.aten.gelu_backward(torch.ones_like(x), x, approximate=form)


def ulp(y):
    _, exponent = torch.frexp(y.abs())
    return torch.ldexp(torch.ones_like(y), torch.where(y == 0, -126, (exponent - 1).clamp(min=-126)) - 23)


def errors(form, order):
    block = min(2**26, options.inputs)
    found = {"worst": 0.0, "worstAt": 0.0, "worstAtRoot": 0.0, "misrounded": 0, "above2": 0, "zeros": 0, "firstZero": -math.inf, "wild": 0, "worstRelative": 0.0}
    step = 2**32 // options.inputs  # with fewer inputs, every so many
    for at in range(0, 2**32 // step, block):
        bits = (torch.arange(at, at + block, device=device, dtype=torch.int64) * step - 2**31).to(torch.int32)
        x = bits.view(torch.float32)
        x = x[torch.isfinite(x)]
        y = run(form, order, x)
        wide = x.double()
        right, slope, addend = exact(form, wide)
        if order == 1:
            right = slope
        right = torch.where(torch.isfinite(right), right, 0.0)
        error = (y.double() - right).abs()
        at_root = torch.zeros_like(x, dtype=torch.bool)
        if order == 1:
            at_root = (wide < -0.5) & (right.abs() < 0.05) & (wide > -0.95)
        units = error / ulp(torch.where(at_root, addend, right))
        found["misrounded"] += int((y != right.float()).sum())
        found["above2"] += int((units > 2).sum())
        found["wild"] += int((~torch.isfinite(y)).sum())
        normal = right.abs() >= 2**-126
        zero = normal & (y == 0)
        found["zeros"] += int(zero.sum())
        if zero.any():
            found["firstZero"] = max(found["firstZero"], float(x[zero & (x < 0)].max()) if (zero & (x < 0)).any() else -math.inf)
        plain = torch.where(at_root | ~torch.isfinite(y), 0.0, units)
        k = int(plain.argmax())
        if float(plain[k]) > found["worst"]:
            found["worst"], found["worstAt"] = float(plain[k]), float(x[k])
        found["worstAtRoot"] = max(found["worstAtRoot"], float(torch.where(at_root, units, 0.0).max()))
        relative = torch.where(normal & ~at_root & torch.isfinite(y), error / right.abs(), 0.0)
        found["worstRelative"] = max(found["worstRelative"], float(relative.max()))
    return found


def seconds(work):
    if device.type == "cpu":
        import time
        start = time.perf_counter()
        work()
        return time.perf_counter() - start
    for _ in range(3):
        work()
    times = []
    for _ in range(9):
        start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        start.record()
        for _ in range(10):
            work()
        end.record()
        torch.cuda.synchronize()
        times.append(start.elapsed_time(end) / 10 / 1000)
    return sorted(times)[4]


torch.cuda.manual_seed_all(1) if device.type == "cuda" else torch.manual_seed(1)
name = torch.cuda.get_device_name(0) if device.type == "cuda" else "cpu"
say(device=name, torch=torch.__version__, cuda=torch.version.cuda)
for dtype in (torch.float32, torch.float16, torch.bfloat16):
    n = options.elements
    x = (2 * torch.randn(n, device=device)).to(dtype)
    g, out = torch.randn(n, device=device).to(dtype), torch.empty(n, device=device, dtype=dtype)
    width = x.element_size()
    copy = 2 * n * width / seconds(lambda: out.copy_(x)) / 1e9
    add = 3 * n * width / seconds(lambda: torch.add(x, g, out=out)) / 1e9
    say(dtype=str(dtype), kernel="copy_", **{"GB/s": round(copy, 1)})
    say(dtype=str(dtype), kernel="add", **{"GB/s": round(add, 1)})
    for form in ("none", "tanh"):
        forward = 2 * n * width / seconds(lambda: torch.ops.aten.gelu.out(x, approximate=form, out=out)) / 1e9
        backward = 3 * n * width / seconds(lambda: torch.ops.aten.gelu_backward.grad_input(g, x, approximate=form, grad_input=out)) / 1e9
        say(dtype=str(dtype), kernel=f"gelu {form}", **{"GB/s": round(forward, 1), "ofCopy": round(forward / copy, 3)})
        say(dtype=str(dtype), kernel=f"gelu {form}, backward", **{"GB/s": round(backward, 1), "ofCopy": round(backward / add, 3)})
    eager = 2 * n * width / seconds(lambda: x * torch.sigmoid(1.702 * x)) / 1e9
    say(dtype=str(dtype), kernel="x * sigmoid(1.702 x), eager", **{"GB/s": round(eager, 1), "ofCopy": round(eager / copy, 3)})
    del x, g, out
for form in ("none", "tanh", "sigmoid"):
    for order in (0, 1):
        found = errors(form, order)
        say(function=form + "'" * order, inputs=options.inputs, **found)
