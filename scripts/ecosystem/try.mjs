// One tool, all entries of the library: what works as the tool stands, what with a line, and what does not.
import { complaint } from './probes.mjs';

/** A cell for each entry: {} where it works, { threads: false } on the calling thread, { line, why } with a setting, { cannot } with the reason, { wrong }. */
export async function tryTool(tool, folder, entries) {
  const first = await attempt(tool.run, folder, entries);
  const cells = {};
  for (const entry of entries) {
    // What keeps one entry from being built keeps all of them: then each is tried alone.
    const ran = first.failed === undefined ? first : await attempt(tool.run, folder, [entry]);
    cells[entry] = judge(tool, entry, ran);
    const reason = tool.cannot?.[entry];
    if (reason !== undefined)
      cells[entry] = cells[entry].wrong === undefined ? { wrong: 'it works now: say so' } : { cannot: reason };
    const setting = tool.settings?.[entry];
    if (cells[entry].wrong === undefined || setting === undefined) continue; // works, or cannot
    const again = judge(tool, entry, await attempt(setting.run, folder, [entry]));
    cells[entry] = again.wrong === undefined ? { ...again, line: setting.line, why: setting.why } : again;
  }
  return cells;
}

async function attempt(run, folder, entries) {
  try {
    return await run(folder, entries);
  } catch (error) {
    return { failed: error.message };
  }
}

function judge(tool, entry, { failed, results, warnings, parts = [''] }) {
  if (failed !== undefined) return { wrong: failed.slice(0, 600) };
  for (const part of parts) {
    const result = part === '' ? results[entry] : results[entry]?.[part];
    const wrong = complaint(entry, result, tool);
    if (wrong !== undefined) return { wrong: `${part} ${wrong}`.trim().slice(0, 600) };
    if (entry !== 'threads') continue;
    const { threads } = result;
    if (!tool.withoutThreads && threads !== 2)
      return { wrong: `${part} it has ${threads} threads: ${warnings.join()}`.trim() };
    if (tool.withoutThreads && (threads !== 0 || warnings.length !== 1))
      return { wrong: `${threads} threads, said ${warnings.length} times` };
  }
  return entry === 'threads' && tool.withoutThreads ? { threads: false } : {};
}
