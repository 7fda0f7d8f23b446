// One participant of the comparison with native kernels, in a process of its own, whose environment says which kernels it has and how
// many threads: on a message, the number of a form, it answers with the seconds that a pass takes.
import 'gelu/native';
import * as onnx from '../../../implementations/onnx.js';
import { copy, time, typicalInputs, warmUp } from '../../../implementations/speed.js';
import type { Implementation } from '../../../implementations/types.js';
import { FLOAT32_KERNELS, OTHER_TYPES } from '../kernels.js';
import { FORMS, type Ready } from './forms.js';

const [what, elements] = process.argv.slice(2);
const send = (message: Ready | number): void => void process.send?.(message);

async function subjects(): Promise<readonly Implementation[]> {
  if (what === 'copy') return [copy];
  if (what === 'onnx') return (await onnx.node.load()).slice(0, 1);
  return FORMS.flatMap((form) => [...FLOAT32_KERNELS, ...OTHER_TYPES].filter((kernel) => kernel.form === form));
}

const input = typicalInputs(Number(elements));
const candidates: Awaited<ReturnType<typeof warmUp>>[] = [];
for (const subject of await subjects()) candidates.push(await warmUp(subject, input));
process.on('message', async (form: number) => send(await time(candidates[form])));
send({ version: candidates[0].subject.version });
