import { inspectOnnx, type OnnxActivation, type OnnxTarget, rewriteOnnx } from 'gelu/onnx';
import { type GraphModelJSON, inspectGraphModel, rewriteGraphModel } from 'gelu/tfjs/graph';
import type { Port } from '../work/types.js';

/** Files as they were dropped. */
export interface ModelInput {
  files: readonly { name: string; bytes: Uint8Array<ArrayBuffer> }[];
  /** Rewrite it, to this; else it is inspected. */
  to?: OnnxTarget;
}

/** An activation of the model: what it is, how it is written, where, and what becomes of it when it runs. */
export interface ModelRow {
  activation: string;
  written: string;
  place: string;
  runs: string;
}

export interface ModelOutput {
  kind: 'onnx' | 'tfjs';
  /** In words: how large it is, and what it holds. */
  summary: string;
  rows: ModelRow[];
  notUnderstood: string[];
  rewritten?: { name: string; bytes: Uint8Array<ArrayBuffer>; count: number; kept: string[] };
}

/** Reads a model and says what activations it has; nothing of it leaves the worker but that, and the new file. */
export function modelJob({ files, to }: ModelInput, { post }: Port): void {
  const json = files.find(({ name }) => /\.json$/i.test(name));
  const [first] = files;
  if (first === undefined) throw new Error('No file was given.');
  post(json ? graphModel(json, files, to) : onnxModel(first, to));
}

const nameOf = (activation: string, parameters: Readonly<Record<string, unknown>>): string =>
  [activation, ...Object.values(parameters).map(String)].join(' ');

function onnxModel({ name, bytes }: ModelInput['files'][number], to: OnnxTarget | undefined): ModelOutput {
  const report = inspectOnnx(bytes);
  const all: OnnxActivation[] = [...report.gelus, ...report.others];
  const opset = report.opsets[''];
  const output: ModelOutput = {
    kind: 'onnx',
    summary: `${name}: ONNX${opset ? `, opset ${opset}` : ''}, ${report.nodes} nodes, ${report.gelus.length} GELUs, ${report.others.length} other activations${report.external.length > 0 ? `; weights in ${report.external.join(', ')}, which are not needed` : ''}`,
    rows: all.map(
      ({ activation, parameters, written, nodes, graph, input, output: y, problem, runtime, deviation }) => ({
        activation: nameOf(activation, parameters),
        written: `${written}, ${nodes.length} ${nodes.length === 1 ? 'node' : 'nodes'}${deviation ? `, off by ${deviation}` : ''}`,
        place: `${graph}: ${input} → ${y}`,
        runs:
          problem ??
          (runtime.plan === 'kernel' || runtime.plan === 'fused'
            ? `${runtime.plan}: ${runtime.operator}`
            : `${runtime.plan}: ${runtime.why}`),
      }),
    ),
    notUnderstood: report.notUnderstood.map(
      ({ op, name: node, output: y, reason }) => `${op} ${node || `→ ${y}`}: ${reason}`,
    ),
  };
  if (to === undefined) return output;
  const rewrite = rewriteOnnx(bytes, { to });
  const kept = rewrite.kept.map(({ gelu, reason }) => `${gelu.graph}: ${gelu.input} → ${gelu.output}: ${reason}`);
  const count = rewrite.rewritten.length;
  const file = { name: `${name.replace(/\.onnx$/i, '')}.gelu.onnx`, bytes: rewrite.bytes() as Uint8Array<ArrayBuffer> };
  return { ...output, rewritten: { ...file, count, kept } };
}

interface Manifest {
  weightsManifest?: { paths?: string[] }[];
}

function graphModel(
  json: ModelInput['files'][number],
  files: ModelInput['files'],
  to: OnnxTarget | undefined,
): ModelOutput {
  const { name } = json;
  let model: GraphModelJSON & Manifest;
  try {
    model = JSON.parse(new TextDecoder().decode(json.bytes));
  } catch {
    throw new Error(`${name} is no JSON.`);
  }
  const paths = (Array.isArray(model?.weightsManifest) ? model.weightsManifest : []).flatMap(({ paths: p }) => p ?? []);
  const last = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  const found = paths.map((path) => files.find((file) => file.name === last(path)));
  const missing = paths.filter((_, i) => found[i] === undefined);
  if (missing.length > 0) throw new Error(`${name} needs ${missing.join(', ')}: choose them together.`);
  const weights = found.map((file) => file!.bytes.buffer);
  const report = inspectGraphModel(model, weights);
  const output: ModelOutput = {
    kind: 'tfjs',
    summary: `${name}: TensorFlow.js graph model, ${report.nodes} nodes, ${report.activations.length} activations of those that are looked for`,
    rows: report.activations.map(({ activation, parameters, written, graph, nodes, input, output: y, difference }) => ({
      activation: nameOf(activation, parameters),
      written: `${written}, ${nodes.length} ${nodes.length === 1 ? 'node' : 'nodes'}, off by ${difference.toExponential(0)}`,
      place: `${graph}: ${input} → ${y}`,
      runs: nodes.length === 1 ? 'one operation' : `${nodes.length} operations, a pass for each`,
    })),
    notUnderstood: report.notUnderstood.map(({ op, name: node }) => `${op} ${node}`),
  };
  if (to === undefined) return output;
  const rewrite = rewriteGraphModel(model, weights);
  const bytes = new TextEncoder().encode(JSON.stringify(rewrite.model)) as Uint8Array<ArrayBuffer>;
  return {
    ...output,
    rewritten: { name: `${name.replace(/\.json$/i, '')}.gelu.json`, bytes, count: rewrite.rewritten.length, kept: [] },
  };
}
