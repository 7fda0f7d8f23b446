/** Text of other programs: one line, not too long, without control characters, which could write anything to a terminal. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 500);
}
