import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Where the measured packages are installed. */
const room = fileURLToPath(new URL('../../', import.meta.url));

/** What an import took, in milliseconds. */
export interface ImportTime {
  readonly ms: number;
  /** Of the processor, on all threads. */
  readonly processorMs: number;
}

/** Imports a package in a process of its own, after what is loaded before. */
export async function importTime(entry: string, loadedBefore: readonly string[]): Promise<ImportTime> {
  const program = `
    ${loadedBefore.map((name) => `await import(${JSON.stringify(name)});`).join('\n')}
    const processor = process.cpuUsage();
    const startedAt = performance.now();
    await import(${JSON.stringify(entry)});
    const ms = performance.now() - startedAt;
    const { user, system } = process.cpuUsage(processor);
    process.stdout.write(JSON.stringify({ ms, processorMs: (user + system) / 1000 }), () => process.exit());`;
  const commandLine = ['--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, commandLine, { cwd: room });
  return JSON.parse(stdout);
}
