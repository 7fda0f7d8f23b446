type Text = { type: 'string'; description: string; valueHint: string };

/** The options of every command that speaks to a queue. */
export type QueueArgs = Record<'queue' | 'queue-file' | 'queue-ca' | 'queue-cert' | 'queue-key', Text>;

export const QUEUE_ARGS: QueueArgs = {
  queue: {
    type: 'string',
    valueHint: 'url',
    description: 'the Redis or Valkey that holds the queue: redis://host:6379, rediss:// with TLS',
  },
  'queue-file': {
    type: 'string',
    valueHint: 'file',
    description: 'a file whose first line is the URL, with user and password; else the variable GELU_QUEUE',
  },
  'queue-ca': {
    type: 'string',
    valueHint: 'pem',
    description: 'the authority that signed the certificate of its server',
  },
  'queue-cert': { type: 'string', valueHint: 'pem', description: 'the certificate that we show it' },
  'queue-key': { type: 'string', valueHint: 'pem', description: 'the key of that certificate' },
};
