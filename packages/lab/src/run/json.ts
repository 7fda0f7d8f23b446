/** JSON in which NaN, ±∞ and −0, which it has no numbers for, are the strings 'NaN', 'Infinity', '-Infinity', '-0'. */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_, item) => (typeof item === 'number' ? number(item) : item), indent);
}

/** Reads what `toJson` has written, with those words as numbers again. */
export function parseJson(text: string): unknown {
  return JSON.parse(text, (_, item) =>
    typeof item === 'string' && /^(-?Infinity|NaN|-0)$/.test(item) ? Number(item) : item,
  );
}

/** Whether it is what JSON calls an object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function number(value: number): number | string {
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? value : String(value);
}
