import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from '../example-in.fixture.js';

/** Packages that a document passes through. */
const compiled = ['packages/schemas', 'packages/client', 'packages/ledger', 'apps/nestjs', 'apps/gateway'];
/** What the gateway only serves. */
const copied = ['apps/json-schema'];

/**
 * Compiles the gateway and what it is made of into the folder, one file for each source, and returns the URL of
 * the gateway's entry. What ships is bundled, and does not tell in which file a function stands.
 */
export function compileSources(folder: string): string {
  const packages = [...compiled, ...copied];
  const ours = new Map(packages.map((path) => [nameOf(path), join(folder, path)]));
  for (const path of packages) {
    mkdirSync(join(folder, path), { recursive: true });
    copyFileSync(join(root, path, 'package.json'), join(folder, path, 'package.json'));
    linkDependencies(join(root, path, 'node_modules'), join(folder, path, 'node_modules'), ours);
  }
  for (const path of compiled) compile(path, join(folder, path, 'dist'));
  for (const path of [...copied.map((path) => `${path}/dist`), 'apps/gateway/dist/reference'])
    cpSync(join(root, path), join(folder, path), { recursive: true });
  for (const thread of ['engine-thread', 'reader-thread'])
    importFrom(join(folder, 'packages/ledger/dist/store/sqlite'), thread);
  return `file://${join(folder, 'apps/gateway/dist/index.js')}`;
}

function nameOf(path: string): string {
  return JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')).name;
}

function compile(path: string, outDir: string): void {
  const flags = ['--outDir', outDir, '--emitDeclarationOnly', 'false', '--declaration', 'false', '--noCheck'];
  const { status, stdout } = spawnSync('tsc', ['-p', join(root, path, 'tsconfig.build.json'), ...flags], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stdout);
}

/** Links each dependency where it is installed, and ours where they are compiled. */
function linkDependencies(installed: string, links: string, ours: ReadonlyMap<string, string>): void {
  const names = readdirSync(installed)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(installed, name)).map((inner) => `${name}/${inner}`) : [name],
    );
  for (const name of names) {
    mkdirSync(dirname(join(links, name)), { recursive: true });
    symlinkSync(ours.get(name) ?? realpathSync(join(installed, name)), join(links, name));
  }
}

/** Puts a thread's program where the bundle of the package has it: beside the file that starts it. */
function importFrom(folder: string, thread: string): void {
  const program = join(folder, 'thread', `${thread}.js`);
  for (const place of [folder, join(folder, '../..')]) {
    const file = join(place, `${thread}.js`);
    if (!existsSync(file)) writeFileSync(file, `import './${relative(place, program)}';\n`);
  }
}
