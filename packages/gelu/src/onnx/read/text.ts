const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const strict = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/**
 * The text of UTF-8 bytes. Names in other encodings occur: bytes that are no UTF-8 become lone surrogates, U+DC80 to U+DCFF, so
 * that no two names become one and `encodeText` gives the same bytes back.
 */
export function decodeText(bytes: Uint8Array): string {
  const text = utf8.decode(bytes);
  if (!text.includes('\ufffd')) return text;
  try {
    return strict.decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte)).join('');
  }
}

const encoder = new TextEncoder();

/** The bytes that `decodeText` was given. */
export function encodeText(text: string): Uint8Array {
  const ascii = new Uint8Array(text.length);
  let i = 0;
  for (; i < text.length && text.charCodeAt(i) < 0x80; i++) ascii[i] = text.charCodeAt(i);
  if (i === text.length) return ascii;
  if (!/\p{Surrogate}/u.test(text)) return encoder.encode(text);
  return Uint8Array.from(text, (c) => c.charCodeAt(0) & 0xff);
}
