import { UsageError } from '../console/errors.js';

/** Turns text into token ids 0 … size − 1 and back. */
export interface Tokenizer {
  readonly size: number;
  /** What `tokenizer` needs to make it again; JSON. */
  readonly config: TokenizerConfig;
  /** @throws UsageError naming what the vocabulary does not have. */
  encode(text: string): Int32Array<ArrayBuffer>;
  decode(ids: Iterable<number>): string;
}

/**
 * 'char': the characters, in order. 'gpt2': GPT-2's byte pairs; `tokens` lists those that are used, null means all 50,257.
 */
export type TokenizerConfig = { kind: 'char'; characters: string } | { kind: 'gpt2'; tokens: number[] | null };

export const TOKENIZERS = ['char', 'gpt2'] as const;

/** A tokenizer as described. GPT-2's tables are loaded when first used. */
export async function tokenizer(config: TokenizerConfig): Promise<Tokenizer> {
  return config.kind === 'char' ? characterTokenizer(config) : await bytePairTokenizer(config);
}

/** A tokenizer whose vocabulary is what occurs in a text. */
export async function tokenizerFor(kind: (typeof TOKENIZERS)[number], text: string): Promise<Tokenizer> {
  if (kind === 'char') return characterTokenizer({ kind, characters: [...new Set(text)].sort().join('') });
  const used = new Set((await bytePairs()).encode(text, { disallowedSpecial: new Set() }));
  return await bytePairTokenizer({ kind, tokens: [...used].sort((a, b) => a - b) });
}

function characterTokenizer(config: TokenizerConfig & { kind: 'char' }): Tokenizer {
  const characters = [...config.characters];
  const ids = new Map(characters.map((character, id) => [character, id]));
  return {
    size: characters.length,
    config,
    encode: (text) =>
      Int32Array.from([...text], (character) => {
        return ids.get(character) ?? unknown(`the character ${JSON.stringify(character)}`);
      }),
    decode: (given) => Array.from(given, (id) => characters[id]).join(''),
  };
}

async function bytePairTokenizer(config: TokenizerConfig & { kind: 'gpt2' }): Promise<Tokenizer> {
  const { encode, decode, vocabularySize } = await bytePairs();
  const { tokens } = config;
  const ids = tokens && new Map(tokens.map((token, id) => [token, id]));
  return {
    size: tokens?.length ?? vocabularySize,
    config,
    encode: (text) => {
      const all = encode(text, { disallowedSpecial: new Set() });
      return Int32Array.from(all, (token) =>
        ids ? (ids.get(token) ?? unknown(`the token '${decode([token])}'`)) : token,
      );
    },
    decode: (given) => decode(Array.from(given, (id) => tokens?.[id] ?? id)),
  };
}

const bytePairs = (): Promise<typeof import('gpt-tokenizer/encoding/gpt2')> => import('gpt-tokenizer/encoding/gpt2');

function unknown(what: string): never {
  throw new UsageError(`${what} does not occur in the text that the model has learnt from`);
}
