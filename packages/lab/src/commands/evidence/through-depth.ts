import { commandLine } from '../../flow/options.js';
import type { Summary } from '../../flow/summary.js';
import { settingName } from '../../flow/summary.js';
import { type Draft, notMeasured } from './claim.js';
import type { Flow } from './import.js';

const size = ({ gradientRms }: Summary): string => gradientRms.toPrecision(2);
/** How far a gradient is from its size at the top, in factors of e. */
const distance = ({ gradientRms }: Summary): number => Math.abs(Math.log(gradientRms));

/** By how much the gradient shrinks or grows from the top of a stack to its first layer, before training. */
export function depthFlow(flow: Flow | null): Draft {
  const claim = 'The gradient flows better through depth than with ReLU (before training)';
  if (flow === null) return notMeasured(claim, 'gelu-lab flow');
  const keys = [...new Set(flow.settings.map(settingName))];
  const groups = keys.map((key) => flow.settings.filter((s) => settingName(s) === key));
  const details = groups.map(
    (group, i) =>
      `${keys[i]}: of a gradient of 1 at the top arrive ${group.map((s) => `${s.label} ${size(s)}`).join(', ')}`,
  );
  const won = groups.filter((group) => {
    const gelu = group.find(({ activation }) => activation === 'gelu');
    const relu = group.find(({ activation }) => activation === 'relu');
    return gelu !== undefined && relu !== undefined && distance(gelu) < distance(relu);
  }).length;
  const sentence = `GELU keeps the gradient nearer to its size than ReLU in ${won} of ${groups.length} kinds of stack`;
  const mark = won === groups.length ? '✔' : won > 0 ? '◐' : '✘';
  return { ...drawn(claim, flow), conclude: () => ({ mark, sentence, details }) };
}

/** Whether GELU's gradient keeps its size better at a gain of its own than at He's. */
export function ownGain(flow: Flow | null): Draft {
  const claim = 'At a gain of its own GELU keeps the gradient where it dies at He’s (before training)';
  const command = 'gelu-lab flow --gain he,forward,critical';
  const plain = (flow?.settings ?? []).filter((s) => s.activation === 'gelu' && !s.residual && !s.layerNorm);
  const at = (gain: string): Summary | undefined => plain.find((s) => s.gain === gain);
  const [he, critical] = [at('he'), at('critical')];
  if (flow === null || he === undefined || critical === undefined) return notMeasured(claim, command);
  const better = distance(critical) < distance(he);
  const { depth, width } = critical;
  const sentence = `Of a gradient of 1 at the top of ${depth} layers arrive ${size(critical)} at GELU's critical gain, ${size(he)} at He's`;
  const details = plain.map(
    (s) =>
      `gain ${s.gain}: gradient ${size(s)}, from ${s.gradientRange.map((x) => x.toPrecision(2)).join(' to ')} over ${flow.config.draws} draws, theory for infinite width ${s.theory.gradientRms.toPrecision(2)}; output ${s.activationRms.toPrecision(2)}, theory ${s.theory.activationRms.toPrecision(2)} (width ${width})`,
  );
  return { ...drawn(claim, flow), conclude: () => ({ mark: better ? '✔' : '✘', sentence, details }) };
}

function drawn(claim: string, flow: Flow): Pick<Draft, 'claim' | 'rows' | 'study' | 'command'> {
  return { claim, rows: [], study: null, command: commandLine(flow.config).replace('npx ', '') };
}
