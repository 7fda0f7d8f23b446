import type { OnnxReport } from 'gelu/onnx';

/**
 * What docs/landscape.md has measured of operators in ONNX Runtime on the processor, in float32: a test holds each line to it. Those of
 * which there is nothing to say are left out.
 */
export const REMARKS: Readonly<Record<string, string>> = {
  Gelu: 'exact: 0 from −5.55; −∞ → NaN for −0; tanh: 0 from −4.91; wrong sign from −5.02; −∞ → NaN for −0',
  'com.microsoft.QuickGelu': '0 from −9.59; −∞ → NaN for −0',
  Celu: '0 up to −2.8e−8; other bits in other places of a tensor',
  Elu: '0 up to −2.8e−8; other bits in other places of a tensor',
  HardSwish: '−∞ → NaN for 0',
  Mish: '−∞ → NaN for −0; other bits in other places of a tensor',
  Selu: '0 up to −2.8e−8; other bits in other places of a tensor',
  Shrink: 'NaN → 0',
  Sigmoid: '0 from −20.9',
  Softplus: 'other bits in other places of a tensor',
  Softsign: 'out of range: −1.0000002 at −3.2e38; ∞ → NaN for 1, −∞ → NaN for −1',
  Tanh: 'out of range: −1.0000001 at −8.99',
  ThresholdedRelu: 'NaN → 0',
};

/** The version that was measured. */
export const MEASURED_IN = '1.30.0';

/** A line for each operator of a model of which there is something to say. */
export function remarkLines({ operators }: OnnxReport): string[] {
  const lines = Object.entries(operators)
    .filter(([operator]) => Object.hasOwn(REMARKS, operator))
    .map(([operator, count]) => `  ${operator}${count > 1 ? ` (${count})` : ''}: ${REMARKS[operator]}`);
  if (lines.length === 0) return [];
  return ['', `as measured in ONNX Runtime ${MEASURED_IN} in float32, on the processor (docs/landscape.md)`, ...lines];
}
