import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const guide = read('CONTRIBUTING.md');
const manifest = JSON.parse(read('package.json'));
const commands = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
  block.trim().split('\n'),
);

/** Folders of the projects that the scripts of the root test. */
const projects = new Map(
  [...read('scripts/test-projects.mjs').matchAll(/ project\('([\w/-]+)'/g)].map(([, folder = '']) => [
    `@fiscalkit/${folder.split('/').at(-1)}`,
    folder,
  ]),
);

describe('CONTRIBUTING.md', () => {
  it('runs scripts that there are', () => {
    const scripts = [...guide.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(scripts.length).toBeGreaterThan(5);
    for (const name of scripts) expect(Object.keys(manifest.scripts)).toContain(name);
  });

  it('runs test files and tests that there are', () => {
    const runs = commands.filter((command) => command.includes('--project'));
    expect(runs.length).toBeGreaterThan(3);
    for (const command of runs) {
      const [, project = '', file = ''] = /--project (\S+)(?: (src\/\S+))?/.exec(command) ?? [];
      const [, title] = /-t '([^']+)'/.exec(command) ?? [];
      const folder = projects.get(project) ?? '';
      expect(existsSync(join(root, folder, file)), command).toBe(folder !== '');
      if (title !== undefined) expect(read('tools/release/src/publish/refusals.test.ts')).toContain(title);
    }
  });

  it('names folders that there are', () => {
    const folders = [...guide.matchAll(/^\| `([\w-]+)`/gm)].map(([, folder = '']) => folder);
    expect(folders.length).toBeGreaterThan(5);
    for (const folder of folders) expect(existsSync(join(root, folder)), folder).toBe(true);
  });
});

it('.nvmrc names the Node that the workspace pins', () => {
  expect(read('.nvmrc').trim()).toBe(manifest.devDependencies.node);
});

interface Project {
  readonly root: string;
  readonly only: readonly string[];
  readonly without: readonly string[];
}

it('every test file is of exactly one project', async () => {
  const file = pathToFileURL(join(root, 'scripts/test-projects.mjs')).href;
  const given: Readonly<Record<'componentTests' | 'systemTests', readonly Project[]>> = await import(file);
  const tested = [...given.componentTests, ...given.systemTests].flatMap(({ root: folder, only, without }) =>
    globSync(only, { cwd: join(root, folder), exclude: without }).map((path) => join(folder, path)),
  );
  const folders = ['{apps,examples,packages,tools}/*', 'bench', 'e2e', 'e2e/*'];
  const there = globSync(
    folders.map((folder) => `${folder}/src/**/*.test.ts`),
    { cwd: root },
  );
  expect(there.length).toBeGreaterThan(300);
  expect(tested.toSorted()).toEqual(there.toSorted());
});
