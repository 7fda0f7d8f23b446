import { gelu, mish, sigmoid, silu, softplus, tanh } from 'gelu';

/** A function of x. */
type Scalar = (x: number) => number;

/** What a formula may call: this library's functions, so that their tails are right, and those of Math. */
const FUNCTIONS: Readonly<Record<string, readonly [arity: number, f: (...args: number[]) => number]>> = {
  exp: [1, Math.exp],
  log: [1, Math.log],
  sqrt: [1, Math.sqrt],
  abs: [1, Math.abs],
  sign: [1, Math.sign],
  sin: [1, Math.sin],
  cos: [1, Math.cos],
  atan: [1, Math.atan],
  tanh: [1, (x) => tanh(x)],
  sigmoid: [1, (x) => sigmoid(x)],
  softplus: [1, (x) => softplus(x)],
  relu: [1, (x) => Math.max(0, x)],
  gelu: [1, (x) => gelu(x)],
  silu: [1, (x) => silu(x)],
  mish: [1, (x) => mish(x)],
  phi: [1, (x) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)],
  Phi: [1, (x) => (Math.abs(x) < 2 ** -60 ? 0.5 : x === -Infinity ? 0 : x === Infinity ? 1 : gelu(x) / x)],
  erf: [
    1,
    (x) =>
      Math.abs(x) < 2 ** -60
        ? x * 1.1283791670955126
        : Math.abs(x) > 10
          ? Math.sign(x)
          : (2 * gelu(x * Math.SQRT2)) / (x * Math.SQRT2) - 1,
  ],
  min: [2, Math.min],
  max: [2, Math.max],
};

const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, π: Math.PI, e: Math.E };

/** What may be called, for a hint. */
export const CALLABLE: readonly string[] = Object.keys(FUNCTIONS);

const TOKEN = /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([A-Za-zπΦφσ]+)|(\*\*|[-+*/^(),·−÷]))/uy;
const SPELLED: Readonly<Record<string, string>> = {
  Φ: 'Phi',
  φ: 'phi',
  σ: 'sigmoid',
  '·': '*',
  '−': '-',
  '÷': '/',
  '**': '^',
};
/** Deeper nesting than anyone writes. */
const DEEPEST = 100;

/**
 * The function that a formula in x says: numbers, x, pi, e, + − * / ^, parentheses and the functions of `CALLABLE`; nothing else
 * can be said in it, so that a formula from anywhere is safe.
 * @throws Error with what is wrong, and where.
 */
export function parseFormula(text: string): Scalar {
  const tokens = tokenize(text);
  let at = 0;
  let depth = 0;
  const peek = (): string | undefined => tokens[at]?.text;
  const fail = (expected: string): never => {
    const found = tokens[at];
    throw new Error(`expected ${expected}${found ? ` at '${found.text}', place ${found.place + 1}` : ' at the end'}`);
  };
  const take = (wanted: string): void => {
    if (peek() !== wanted) fail(`'${wanted}'`);
    at++;
  };
  const sum = (): Scalar => {
    if (++depth > DEEPEST) throw new Error(`at most ${DEEPEST} parentheses within each other`);
    let left = product();
    for (let sign = peek(); sign === '+' || sign === '-'; sign = peek()) {
      at++;
      const [a, b] = [left, product()];
      left = sign === '+' ? (x) => a(x) + b(x) : (x) => a(x) - b(x);
    }
    depth--;
    return left;
  };
  const product = (): Scalar => {
    let left = signed();
    for (;;) {
      const sign = peek();
      const [a, token] = [left, tokens[at]];
      if (sign === '*' || sign === '/') at++;
      // 2x, 0.5(1 + x): a product without a sign
      else if (!token || !(token.kind !== 'sign' || token.text === '(')) return left;
      const b = signed();
      left = sign === '/' ? (x) => a(x) / b(x) : (x) => a(x) * b(x);
    }
  };
  const signed = (): Scalar => {
    let negative = false;
    for (; peek() === '-' || peek() === '+'; at++) if (peek() === '-') negative = !negative;
    const inner = power();
    return negative ? (x) => -inner(x) : inner;
  };
  const power = (): Scalar => {
    const base = atom();
    if (peek() !== '^') return base;
    at++;
    if (++depth > DEEPEST) throw new Error(`at most ${DEEPEST} powers within each other`);
    const exponent = signed();
    depth--;
    return (x) => base(x) ** exponent(x);
  };
  const atom = (): Scalar => {
    const token = tokens[at];
    if (!token) return fail('a number, x, a function or a parenthesis');
    if (token.kind === 'number') {
      at++;
      const value = Number(token.text);
      return () => value;
    }
    if (token.text === '(') {
      at++;
      const inner = sum();
      take(')');
      return inner;
    }
    if (token.kind !== 'name') return fail('a number, x, a function or a parenthesis');
    at++;
    if (token.text === 'x') return (x) => x;
    if (Object.hasOwn(CONSTANTS, token.text)) {
      const value = CONSTANTS[token.text];
      return () => value;
    }
    if (!Object.hasOwn(FUNCTIONS, token.text)) {
      at--;
      return fail(`x, pi, e or one of ${CALLABLE.join(', ')}`);
    }
    const [arity, f] = FUNCTIONS[token.text];
    take('(');
    const first = sum();
    if (arity === 1) {
      take(')');
      return (x) => f(first(x));
    }
    take(',');
    const second = sum();
    take(')');
    return (x) => f(first(x), second(x));
  };
  const whole = sum();
  if (at < tokens.length) fail('the end or an operator');
  return whole;
}

interface Token {
  kind: 'number' | 'name' | 'sign';
  text: string;
  place: number;
}

function tokenize(text: string): Token[] {
  if (text.length > 500) throw new Error('at most 500 characters');
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let place = 0; text.slice(place).trim() !== ''; place = TOKEN.lastIndex) {
    const match = TOKEN.exec(text);
    if (!match) {
      const rest = text.slice(place).trimStart();
      throw new Error(`'${rest[0]}' at place ${text.length - rest.length + 1} is not understood`);
    }
    const [whole, number, name] = match;
    const plain = whole.trim();
    const start = TOKEN.lastIndex - plain.length;
    const kind = number !== undefined ? 'number' : name !== undefined ? 'name' : 'sign';
    tokens.push({ kind, text: SPELLED[plain] ?? plain, place: start });
  }
  if (tokens.length === 0) throw new Error('a formula in x');
  return tokens;
}
