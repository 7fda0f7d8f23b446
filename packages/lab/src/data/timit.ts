import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../console/errors.js';
import { readAudio } from './audio.js';
import type { DataSet } from './data-set.js';
import { readBytes } from './files.js';
import { FEATURES, mfcc, SHIFT } from './mfcc.js';

/** Frames with what surrounds them, and the phone in the middle of each. */
export interface Frames {
  count: number;
  /** Row-major [count, CONTEXT · 26], each feature with mean 0 and variance 1 over the training frames. */
  images: Float32Array;
  /** [count]: indices into PHONES. */
  labels: Uint8Array;
}

/** Five frames, the frame, five frames. */
export const CONTEXT = 11;

/** The 39 classes of Lee and Hon (1989), each with those of TIMIT's 61 phones that fall into it; q falls into none. */
const FOLDED = `aa:aa,ao ae ah:ah,ax,ax-h aw ay b ch d dh dx eh er:er,axr ey f g hh:hh,hv ih:ih,ix iy jh k l:l,el m:m,em n:n,en,nx
  ng:ng,eng ow oy p r s sh:sh,zh sil:pcl,tcl,kcl,bcl,dcl,gcl,h#,pau,epi t th uh uw:uw,ux v w y z`;
export const PHONES: readonly string[] = FOLDED.split(/\s+/).map((entry) => entry.split(':')[0]);
const CLASS: ReadonlyMap<string, number> = new Map(
  FOLDED.split(/\s+/).flatMap((entry, i) =>
    (entry.split(':')[1] ?? entry).split(',').map((phone) => [phone, i] as const),
  ),
);

/** The core test set: two men and a woman of each region. */
const CORE =
  'mdab0 mwbt0 felc0 mtas1 mwew0 fpas0 mjmp0 mlnt0 fpkt0 mlll0 mtls0 fjlm0 mbpm0 mklt0 fnlp0 mcmj0 mjdh0 fmgd0 mgrt0 mnjm0 fdhc0 mjln0 mpam0 fmld0';
/** The 50 speakers of the rest of the test set by which Halberstadt (1998) chose. */
const VALIDATION =
  'faks0 fdac1 fjem0 mgwt0 mjar0 mmdb1 mmdm2 mpdf0 fcmh0 fkms0 mbdg0 mbwm0 mcsh0 fadg0 fdms0 fedw0 mgjf0 mglb0 mrtk0 mtaa0 mtdt0 mthc0 mwjg0 fnmr0 frew0 fsem0 mbns0 mmjr0 mdls0 mdlf0 mdvc0 mers0 fmah0 fdrw0 mrcs0 mrjm4 fcal1 mmwh0 fjsj0 majc0 mjsw0 mreb0 fgjd0 fjmg0 mroa0 mteb0 mjfc0 mrjr0 fmml0 mrws1';

type Part = 'train' | 'validation' | 'test';
interface Utterance {
  part: Part;
  audio: string;
  labels: string;
}

/**
 * Loads TIMIT's sentences (without the two that everybody reads) from the corpus's own folders: TRAIN and TEST, in them a folder
 * for each region and speaker with .WAV (NIST SPHERE, or converted to RIFF) and .PHN files, in any case of letters.
 * @throws DataError if a part has no sentence or a file is malformed.
 */
export function loadTimit(folder: string | null): Record<Part, Frames> {
  const utterances = folder === null ? [] : utterancesIn(folder);
  const parts = { train: [] as Spoken[], validation: [] as Spoken[], test: [] as Spoken[] };
  for (const part of ['train', 'validation', 'test'] as const) {
    const of = utterances.filter((u) => u.part === part);
    if (of.length === 0) throw new DataError(missing(folder, part));
    parts[part] = of.map(spoken);
  }
  const { mean, deviation } = moments(parts.train);
  const framed = (of: readonly Spoken[]): Frames => withContext(of, mean, deviation);
  return { train: framed(parts.train), validation: framed(parts.validation), test: framed(parts.test) };
}

/** The files of `loadTimit`. */
export const TIMIT_DATA_SET: DataSet = {
  name: 'TIMIT',
  files: (data) => {
    const found = data === null ? [] : utterancesIn(data);
    if (data === null || found.length === 0) throw new DataError(missing(data, 'train'));
    const paths = found.flatMap(({ audio, labels }) => [audio, labels]);
    // By their places in the corpus, whatever the case of their letters.
    return new Map(paths.map((path) => [/(?:train|test)[/\\]dr\d[/\\].*$/.exec(path.toLowerCase())![0], path]));
  },
};

function missing(folder: string | null, part: Part): string {
  const where = folder === null ? 'no folder is given' : `${folder} holds no ${part} sentence`;
  return `TIMIT: ${where}. The corpus is LDC93S1 of the Linguistic Data Consortium (catalog.ldc.upenn.edu/LDC93S1). Name the folder that holds its TRAIN and TEST: --data FOLDER`;
}

function utterancesIn(folder: string): Utterance[] {
  const files = listed(folder).sort();
  const byName = new Map(files.map((file) => [file.toLowerCase(), file]));
  return [...byName].flatMap(([name, labels]): Utterance[] => {
    const found = /(?:^|\/)(train|test)\/dr\d\/(\w+)\/(\w+)\.phn$/.exec(name);
    const audio = found && (byName.get(name.replace(/phn$/, 'wav')) ?? byName.get(name.replace(/\.phn$/, '.wav.wav')));
    if (!found || found[3].startsWith('sa')) return [];
    if (!audio) throw new DataError(`${join(folder, labels)}: there is no .WAV file next to it`);
    const part = partOf(found[1], found[2]);
    return part === null ? [] : [{ part, audio: join(folder, audio), labels: join(folder, labels) }];
  });
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true }).map((name) => String(name).replaceAll('\\', '/'));
  } catch (error) {
    throw new DataError(`${folder}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function partOf(part: string, speaker: string): Part | null {
  if (part === 'train') return 'train';
  if (CORE.split(' ').includes(speaker)) return 'test';
  return VALIDATION.split(' ').includes(speaker) ? 'validation' : null;
}

interface Spoken {
  frames: number;
  /** [frames, 26] */
  values: Float32Array;
  /** The class of each frame; 255 for none. */
  classes: Uint8Array;
}

const NONE = 255;

function spoken({ audio, labels }: Utterance): Spoken {
  const recording = readAudio(audio);
  const { frames, values } = mfcc(recording);
  const classes = new Uint8Array(frames).fill(NONE);
  const lines = readBytes(labels).toString('latin1').trim().split(/\r?\n/);
  const phones = lines.map((line, i) => {
    const [first, last, phone] = line.trim().split(/\s+/);
    if (!(Number(first) >= 0 && Number(last) >= Number(first)) || (!CLASS.has(phone) && phone !== 'q'))
      throw new DataError(`${labels}, line ${i + 1}: must be first sample, last sample and a phone, it is '${line}'`);
    return { last: Number(last), index: CLASS.get(phone) ?? NONE };
  });
  let at = 0;
  for (let frame = 0; frame < frames; frame++) {
    // The middle of the frame's window.
    const middle = (frame * SHIFT + 0.0125) * recording.rate;
    while (at < phones.length - 1 && middle >= phones[at].last) at++;
    if (middle < phones[at].last) classes[frame] = phones[at].index;
  }
  return { frames, values, classes };
}

function moments(all: readonly Spoken[]): { mean: Float64Array; deviation: Float64Array } {
  const sum = new Float64Array(FEATURES);
  const squares = new Float64Array(FEATURES);
  let count = 0;
  for (const { values, frames } of all) {
    count += frames;
    values.forEach((x, i) => {
      sum[i % FEATURES] += x;
      squares[i % FEATURES] += x * x;
    });
  }
  const mean = sum.map((s) => s / count);
  return { mean, deviation: squares.map((s, i) => Math.sqrt(Math.max(s / count - mean[i] ** 2, 1e-12))) };
}

/** Frames of a class, with the frames around them; beyond an end, its frame is repeated. */
function withContext(all: readonly Spoken[], mean: Float64Array, deviation: Float64Array): Frames {
  const count = all.reduce((sum, { classes }) => sum + classes.filter((c) => c !== NONE).length, 0);
  const images = new Float32Array(count * CONTEXT * FEATURES);
  const labels = new Uint8Array(count);
  let row = 0;
  for (const { frames, values, classes } of all) {
    for (let frame = 0; frame < frames; frame++) {
      if (classes[frame] === NONE) continue;
      for (let c = 0; c < CONTEXT; c++) {
        const from = Math.min(frames - 1, Math.max(0, frame + c - (CONTEXT >> 1))) * FEATURES;
        const to = (row * CONTEXT + c) * FEATURES;
        for (let i = 0; i < FEATURES; i++) images[to + i] = (values[from + i] - mean[i]) / deviation[i];
      }
      labels[row++] = classes[frame];
    }
  }
  return { count, images, labels };
}
