import { DataError } from '../console/errors.js';
import { readBytes } from './files.js';

/** A recording with one channel. */
export interface Recording {
  /** Samples a second. */
  rate: number;
  /** 16-bit samples. */
  samples: Int16Array;
}

/**
 * Reads uncompressed 16-bit speech with one channel in a NIST SPHERE file (as TIMIT's .WAV files are) or a RIFF WAVE file.
 * @throws DataError naming the file, if it is another format or cut short.
 */
export function readAudio(path: string): Recording {
  const file = readBytes(path);
  const fail = (what: string): never => {
    throw new DataError(`${path}: ${what}`);
  };
  const start = file.subarray(0, 8).toString('latin1');
  if (start === 'NIST_1A\n') return readSphere(file, fail);
  if (start.startsWith('RIFF') && file.subarray(8, 12).toString('latin1') === 'WAVE') return readWave(file, fail);
  return fail('neither a NIST SPHERE nor a RIFF WAVE file');
}

type Fail = (what: string) => never;

/** The second line gives the header's length; then a line a field: name, type, value. */
function readSphere(file: Buffer, fail: Fail): Recording {
  const length = Number(file.subarray(8, 16).toString('latin1'));
  if (!(length > 16 && length <= file.length)) fail('a SPHERE header of an impossible length');
  const fields = new Map(
    file
      .subarray(16, length)
      .toString('latin1')
      .split('\n')
      .map((line) => line.split(' ') as [string, string, string])
      .map(([name, , value]) => [name, value]),
  );
  const coding = fields.get('sample_coding') ?? 'pcm';
  if (coding !== 'pcm') fail(`samples are coded as '${coding}', only 'pcm' is read`);
  if (Number(fields.get('channel_count') ?? 1) !== 1 || Number(fields.get('sample_n_bytes') ?? 2) !== 2)
    fail('must have one channel of 16-bit samples');
  const count = Number(fields.get('sample_count'));
  return {
    rate: Number(fields.get('sample_rate')) || fail('the header has no sample_rate'),
    samples: samplesOf(file.subarray(length), count, fields.get('sample_byte_format') === '10', fail),
  };
}

/** Chunks of a name, a length and data, padded to even lengths; 'fmt ' and 'data' are read. */
function readWave(file: Buffer, fail: Fail): Recording {
  let rate: number | null = null;
  for (let at = 12; at + 8 <= file.length; ) {
    const name = file.subarray(at, at + 4).toString('latin1');
    const size = file.readUInt32LE(at + 4);
    const chunk = file.subarray(at + 8, at + 8 + size);
    if (name === 'fmt ') {
      if (
        chunk.length < 16 ||
        chunk.readUInt16LE(0) !== 1 ||
        chunk.readUInt16LE(2) !== 1 ||
        chunk.readUInt16LE(14) !== 16
      )
        fail('must have one channel of uncompressed 16-bit samples');
      rate = chunk.readUInt32LE(4);
    }
    if (name === 'data')
      return { rate: rate ?? fail('has no format before its data'), samples: samplesOf(chunk, size / 2, false, fail) };
    at += 8 + size + (size % 2);
  }
  return fail('has no data');
}

function samplesOf(bytes: Buffer, count: number, bigEndian: boolean, fail: Fail): Int16Array {
  if (!(count >= 0 && bytes.length >= 2 * count)) fail(`${count} samples announced, ${bytes.length} bytes found`);
  return Int16Array.from({ length: count }, (_, i) =>
    bigEndian ? bytes.readInt16BE(2 * i) : bytes.readInt16LE(2 * i),
  );
}
