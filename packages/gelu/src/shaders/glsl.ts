/** What the WGSL of the helpers and bodies calls otherwise in GLSL ES 3.00. */
const PRELUDE = `
#define f32 float
#define u32 uint
#define vec2f vec2
#define vec4f vec4
float select(float a, float b, bool c) { return c ? b : a; }`;

const TYPED = /(\w+): (\w+)/g;

/**
 * The GLSL ES 3.00 of functions written in the part of WGSL that is used here: functions with typed parameters, `let` with a
 * type, bitcasts and `select`. Needs `precision highp float` and `highp int`.
 */
export function toGlsl(wgsl: string): string {
  const body = wgsl
    .replace(
      /fn (\w+)\(([^)]*)\) -> (\w+)/g,
      (_, name: string, parameters: string, type: string) => `${type} ${name}(${parameters.replace(TYPED, '$2 $1')})`,
    )
    .replace(/let (\w+): (\w+) =/g, '$2 $1 =')
    .replaceAll('bitcast<f32>', 'uintBitsToFloat')
    .replaceAll('bitcast<u32>', 'floatBitsToUint');
  return `${PRELUDE}\n${body}`;
}
