/**
 * What an adapter is for, as the program that uses it has installed it.
 * @throws Error that says what to install, if it cannot be loaded.
 */
export async function required<T>(adapter: string, name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw new Error(`${adapter} needs ${name}: npm install ${name}`, { cause });
  }
}
