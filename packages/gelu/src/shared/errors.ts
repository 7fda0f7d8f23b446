/**
 * An argument of the wrong type. `argument` names it, `expected` says what it should have been.
 *
 * @example
 * try {
 *   gelu('1');
 * } catch (error) {
 *   [error instanceof GeluTypeError, error.argument].join(); // "true,input"
 * }
 */
export class GeluTypeError extends TypeError {
  override readonly name: string = 'GeluTypeError';
  declare readonly argument: string;
  declare readonly expected: string;

  constructor(argument: string, expected: string, received: string) {
    super(`'${argument}' must be ${expected}, got ${received}`);
    this.argument = argument;
    this.expected = expected;
  }
}

/**
 * An argument of the right type with a value, length or place that is not allowed.
 *
 * @example
 * try {
 *   gelu(1, { approximate: 'erf' });
 * } catch (error) {
 *   [error instanceof GeluRangeError, error.argument].join(); // "true,approximate"
 * }
 */
export class GeluRangeError extends RangeError {
  override readonly name: string = 'GeluRangeError';
  declare readonly argument: string;
  declare readonly expected: string;

  constructor(argument: string, expected: string, received: string) {
    super(`'${argument}' must be ${expected}, got ${received}`);
    this.argument = argument;
    this.expected = expected;
  }
}

/**
 * A call that came before what it builds on, as `backward` without a `forward`.
 *
 * @example
 * try {
 *   new GELU().backward(1);
 * } catch (error) {
 *   error instanceof GeluStateError; // true
 * }
 */
export class GeluStateError extends Error {
  override readonly name: string = 'GeluStateError';
}

/** A short description of any value for an error message: its type, and its value where that is short. */
export function describe(value: unknown): string {
  const type = typeof value;
  if (typeof value === 'string')
    return `the string ${JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)}`;
  if (type === 'bigint') return `the bigint ${value}n`;
  if (value !== null && type === 'object') return `a value of type ${className(value as object)}`;
  return type === 'function' || type === 'symbol' ? `a value of type ${type}` : String(value);
}

/** The name of a value's class, whatever the value does when it is asked. */
function className(value: object): string {
  try {
    const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
    return typeof name === 'string' && name !== '' ? name : 'object';
  } catch {
    return 'object';
  }
}
