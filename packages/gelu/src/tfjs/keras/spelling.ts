/** A name as TensorFlow.js writes it into a model's JSON. */
export function toSnakeCase(name: string): string {
  return name
    .replace(/(.)([A-Z][a-z0-9]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

/** A name as TensorFlow.js has it after reading it from a model's JSON. */
export function toCamelCase(name: string): string {
  return name.length < 2 ? name : name.replace(/_+(\w|$)/g, (_, letter: string) => letter.toUpperCase());
}

/** The name and what it becomes when a model is saved and loaded. */
export function spellings(name: string): readonly string[] {
  return [...new Set([name, toSnakeCase(name), toCamelCase(name), toCamelCase(toSnakeCase(name))])];
}
