const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const MINUS = /-/g;

const superscript = (power: number): string =>
  `${power < 0 ? '⁻' : ''}${[...String(Math.abs(power))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('')}`;

/** −0.17, 12.5, 3.2·10⁻⁷: so many significant digits, a minus sign, no e. */
export function short(value: number, digits = 3): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return Object.is(value, -0) ? '−0' : '0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e5) return String(Number(value.toPrecision(digits))).replace(MINUS, '−');
  const [mantissa, power] = value.toExponential(digits - 1).split('e');
  const factor = String(Number(mantissa)).replace(MINUS, '−');
  return factor === '1' ? `10${superscript(Number(power))}` : `${factor}·10${superscript(Number(power))}`;
}

/** With a fixed number of decimals and a minus sign. */
export const fixed = (value: number, decimals: number): string => value.toFixed(decimals).replace(MINUS, '−');

/** 22.7 %; near the ends with as many digits as tell it from them. */
export function percent(share: number): string {
  const value = 100 * share;
  if (value === 0 || value === 100) return `${value} %`;
  if (value < 1e-9) return '≈ 0 %';
  if (value < 0.1) return `${short(value, 2)} %`;
  if (value > 99.9) return '> 99.9 %';
  return `${fixed(value, 1)} %`;
}

/** A power of ten on an axis. */
export const powerOfTen = (power: number): string =>
  power === 0 ? '1' : power === 1 ? '10' : `10${superscript(power)}`;
