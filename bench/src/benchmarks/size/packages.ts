import { execFile, execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The folder of this package, where the measured packages are installed. */
const bench = fileURLToPath(new URL('../../../', import.meta.url));

/** Duration of an import, in milliseconds. */
export interface ImportTime {
  readonly ms: number;
  /** Processor time, on all threads. */
  readonly processorMs: number;
}

/** Imports a module in a process of its own, after those loaded before. */
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
  const { stdout } = await promisify(execFile)(process.execPath, commandLine, { cwd: bench });
  return JSON.parse(stdout);
}

/** A package as it is installed. */
interface InstalledPackage {
  readonly folder: string;
  /** Names of the packages that are always installed with it, without optional ones and peers. */
  readonly dependencies: readonly string[];
}

/** Finds a package from a folder, by the rules of Node; from this package when no folder is given. */
export function installedPackage(name: string, from = bench): InstalledPackage {
  const folder = join(from, 'node_modules', name);
  if (existsSync(folder)) {
    const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { folder: realpathSync(folder), dependencies: Object.keys(dependencies) };
  }
  const above = dirname(from);
  if (above === from) throw new Error(`${name} is not installed`);
  return installedPackage(name, above);
}

/** Returns the packages with all that is installed below them, each once. */
export function withDependencies(packages: readonly InstalledPackage[]): InstalledPackage[] {
  const found = new Map<string, InstalledPackage>();
  const add = (installed: InstalledPackage) => {
    if (found.has(installed.folder)) return;
    found.set(installed.folder, installed);
    for (const name of installed.dependencies) add(installedPackage(name, installed.folder));
  };
  packages.forEach(add);
  return [...found.values()];
}

/** Returns the bytes of a package on a user's disk: of one of the workspace, as it would be packed. */
export function unpackedBytes({ folder }: InstalledPackage): number {
  return folder.includes(`${sep}node_modules${sep}`) ? bytesIn(folder) : packedBytes(folder);
}

function bytesIn(folder: string): number {
  const files = globSync('**/*', { cwd: folder, withFileTypes: true, exclude: ['node_modules'] });
  return files
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

function packedBytes(folder: string): number {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [packed] = JSON.parse(output);
  return packed.unpackedSize;
}
