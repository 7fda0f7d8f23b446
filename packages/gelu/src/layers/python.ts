/** A float as Python prints it: 1.0, 1e-05, inf. */
export function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (size >= 1e16 || (size < 1e-4 && size > 0)) return value.toExponential().replace(/([+-])(\d)$/, '$10$2');
  const text = String(value);
  return text.includes('.') ? text : `${text}.0`;
}

/** A name as Python spells it: negative_slope. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
