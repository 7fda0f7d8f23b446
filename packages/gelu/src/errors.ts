/** An argument of the wrong type. `argument` names it, `expected` says what it should have been. */
export class GeluTypeError extends TypeError {
  override readonly name: string = 'GeluTypeError';
  readonly argument: string;
  readonly expected: string;

  constructor(argument: string, expected: string, received: string) {
    super(`'${argument}' must be ${expected}, got ${received}`);
    this.argument = argument;
    this.expected = expected;
  }
}

/** An argument of the right type with a value, length or place that is not allowed. */
export class GeluRangeError extends RangeError {
  override readonly name: string = 'GeluRangeError';
  readonly argument: string;
  readonly expected: string;

  constructor(argument: string, expected: string, received: string) {
    super(`'${argument}' must be ${expected}, got ${received}`);
    this.argument = argument;
    this.expected = expected;
  }
}

/** A call that came before what it builds on, as `backward` without a `forward`. */
export class GeluStateError extends Error {
  override readonly name: string = 'GeluStateError';
}

/** A short description of any value for an error message: its type, and its value where that is short. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  switch (typeof value) {
    case 'string':
      return `the string ${JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)}`;
    case 'bigint':
      return `the bigint ${value}n`;
    case 'number':
    case 'boolean':
      return String(value);
    case 'object': {
      const name = Object.getPrototypeOf(value)?.constructor?.name ?? 'object';
      return `a value of type ${name}`;
    }
    default:
      return `a value of type ${typeof value}`;
  }
}
