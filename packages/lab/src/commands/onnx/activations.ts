import type { ActivationChoice } from 'gelu/onnx';

/** What --activation takes: activations by their names in the registry, those that gate a unit, or all. */
export const ACTIVATIONS: readonly ActivationChoice[] = ['all', 'gelu', 'silu', 'hardswish', 'mish', 'geglu', 'swiglu'];
