/** What a job in a worker is given to speak with the page. */
export interface Port {
  /** Sends a part of the result; `done` ends the job. */
  post(message: unknown): void;
  /** Takes what the page says to a running job. */
  listen(listener: (message: unknown) => void): void;
}

/** A job, by what it is given. It may go on after it returned, until the page stops it. */
export type Job = (input: never, port: Port) => void | Promise<void>;

/** The page's first message to a worker. */
export interface Order {
  job: string;
  input: unknown;
}

/** What a worker says: a part of the result, its end, or what went wrong. */
export type Answer = { part: unknown } | { end: true } | { problem: string };
