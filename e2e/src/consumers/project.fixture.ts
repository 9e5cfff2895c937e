import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The rooms that are packed, by folder; each depends only on those before it. */
const packages = ['packages/schemas', 'packages/client', 'packages/ledger', 'apps/sandbox', 'apps/nestjs'];

/** Packs our packages as they would be published. Answers a name-to-tarball map for a package.json. */
export async function packAll(): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-packed-'));
  for (const name of packages) {
    await run('pnpm', ['pack', '--pack-destination', folder], { cwd: join(root, name) });
  }
  return Object.fromEntries(
    readdirSync(folder).map((file) => {
      const name = file.replace(/^fiscalkit-/, '').replace(/-\d+\.\d+\.\d+.*$/, '');
      return [`@fiscalkit/${name}`, `file:${join(folder, file)}`];
    }),
  );
}

/** A new project outside the workspace. */
export interface Project {
  readonly folder: string;
  write(file: string, text: string): void;
  /** Runs a program on the Node that runs the tests; answers what it prints. */
  node(...commandLine: string[]): Promise<string>;
  /** Runs any program; answers what it prints. */
  run(program: string, commandLine: readonly string[], environment?: NodeJS.ProcessEnv): Promise<string>;
}

export interface ProjectSettings {
  readonly type: 'module' | 'commonjs';
  /** What else the manifest says. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly tarballs?: Readonly<Record<string, string>>;
  /** Settings of npm for this project alone. */
  readonly npmrc?: string;
}

/** Makes an empty project and installs into it as a user would. */
export async function installProject({
  type,
  manifest = {},
  dependencies,
  tarballs = {},
  npmrc = '',
}: ProjectSettings): Promise<Project> {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-consumer-'));
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  write('.npmrc', npmrc);
  const all = { ...tarballs, ...dependencies };
  write(
    'package.json',
    JSON.stringify({ name: 'shop', private: true, ...manifest, type, dependencies: all }),
  );
  const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;
  const options = { cwd: folder, env: { ...process.env, PATH: path } };
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], options);
  const runIn: Project['run'] = async (program, commandLine, environment = {}) => {
    const settings = { ...options, env: { ...options.env, ...environment } };
    const child = await run(program, [...commandLine], settings).catch((failure) => failure);
    if (child instanceof Error) throw new Error(`${child.message}\n${Reflect.get(child, 'stdout')}`);
    return child.stdout;
  };
  return { folder, write, run: runIn, node: (...commandLine) => runIn(process.execPath, commandLine) };
}
