import { readFileSync, statSync } from 'node:fs';
import { LabError, UsageError } from '../console/errors.js';

/** Where a queue is, and how its server lets us in. */
export interface QueueAddress {
  host: string;
  port: number;
  db: number;
  username?: string;
  password?: string;
  /** With TLS: certificates in PEM. */
  tls?: { ca?: Buffer; cert?: Buffer; key?: Buffer };
  /** For messages: no user, no password. */
  text: string;
}

/** The options by which a command is told. */
export interface QueueOptions {
  queue?: string | undefined;
  'queue-file'?: string | undefined;
  'queue-ca'?: string | undefined;
  'queue-cert'?: string | undefined;
  'queue-key'?: string | undefined;
}

/** The variable that holds the URL, with its password. */
export const VARIABLE = 'GELU_QUEUE';
/** What `--queue` takes for no queue, where the variable names one. */
const NONE = 'none';
const DEFAULT_PORT = 6379;

/**
 * The queue that the options or the environment name, null if none does: `--queue`, then `--queue-file`, then GELU_QUEUE.
 * @throws UsageError for a URL that is none or that shows a password on the command line, where every user of the machine
 * can read it; LabError if a file cannot be read. No message repeats a password.
 */
export function queueAddress(options: QueueOptions, env: NodeJS.ProcessEnv = process.env): QueueAddress | null {
  const { queue, 'queue-file': file } = options;
  if (queue === NONE) return null;
  if (queue !== undefined) {
    const address = parse(queue, '--queue', options);
    if (address.password !== undefined)
      throw new UsageError(
        `--queue: the list of processes would show the password. Put the URL into ${VARIABLE}, or into a file: --queue-file`,
      );
    return address;
  }
  if (file !== undefined) return parse(firstLine(file), `--queue-file ${file}`, options);
  const { [VARIABLE]: url } = env;
  return url === undefined || url === '' ? null : parse(url, VARIABLE, options);
}

/** As `queueAddress`. @throws UsageError likewise, and if there is none. */
export function requireAddress(options: QueueOptions, env?: NodeJS.ProcessEnv): QueueAddress {
  const address = queueAddress(options, env);
  if (address === null)
    throw new UsageError(`Which queue? --queue redis://HOST:6379, --queue-file FILE or the variable ${VARIABLE}`);
  return address;
}

function parse(url: string, from: string, options: QueueOptions): QueueAddress {
  const wrong = (what: string): UsageError =>
    new UsageError(`${from}: ${what}; it must be like redis://HOST:6379/0, or rediss:// for TLS`);
  const parsed = parsedUrl(url);
  if (parsed === null) throw wrong('this is no URL');
  const secure = parsed.protocol === 'rediss:';
  if (!secure && parsed.protocol !== 'redis:') throw wrong(`a queue is no '${parsed.protocol}//'`);
  if (parsed.hostname === '') throw wrong('there is no host');
  if (parsed.search !== '' || parsed.hash !== '') throw wrong("what follows a '?' or '#' has no meaning here");
  const db = Number(parsed.pathname.replace(/^\//, '') || 0);
  if (!(Number.isInteger(db) && db >= 0 && db < 1 << 16))
    throw wrong('what follows the host is no number of a database');
  const port = Number(parsed.port || DEFAULT_PORT);
  const host = parsed.hostname.replace(/^\[(.*)\]$/, '$1');
  const tls = certificates(options);
  if (!secure && Object.keys(tls).length > 0) throw wrong('certificates are for TLS');
  const [username, password] = [decoded(parsed.username, wrong), decoded(parsed.password, wrong)];
  return {
    host,
    port,
    db,
    ...(username === '' ? {} : { username }),
    ...(password === '' ? {} : { password }),
    ...(secure ? { tls } : {}),
    text: `${parsed.protocol}//${parsed.hostname}:${port}/${db}`,
  };
}

/** Node's own error repeats the URL. */
function parsedUrl(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}

function decoded(text: string, wrong: (what: string) => UsageError): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong("a '%' of user and password must be written as %25");
  }
}

function certificates(options: QueueOptions): NonNullable<QueueAddress['tls']> {
  const [ca, cert, key] = (['queue-ca', 'queue-cert', 'queue-key'] as const).map((name) => {
    const file = options[name];
    return file === undefined ? undefined : read(file, `--${name}`);
  });
  if ((cert === undefined) !== (key === undefined)) throw new UsageError('--queue-cert and --queue-key go together');
  return { ...(ca ? { ca } : {}), ...(cert && key ? { cert, key } : {}) };
}

function read(file: string, option: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new LabError(`${option} ${file}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** The first line; a file that others can read is told. */
function firstLine(file: string): string {
  const text = read(file, '--queue-file').toString('utf8');
  const mode = statSync(file).mode & 0o777;
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    process.stderr.write(`gelu-lab: ${file} can be read by others (mode ${mode.toString(8)}); chmod 600 ${file}\n`);
  return text.split('\n')[0].trim();
}
