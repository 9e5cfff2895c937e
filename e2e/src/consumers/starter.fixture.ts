import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../example-in.fixture.js';
import { installProject, type Project } from './project.fixture.js';

const starters = join(root, 'e2e/starters');

/** What a starter's tests and its compiler load; the rest formats, lints and serves, and would be installed for nothing. */
const loaded = /^(@nestjs\/testing|jest|ts-jest|vitest|vite-tsconfig-paths|typescript|@types\/(jest|node))$/;

interface StarterManifest {
  readonly type?: 'module';
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Installs the starter of a major version of Nest, with our packages and a shop's files in its sources. */
export async function installStarter(
  major: 11 | 12,
  tarballs: Readonly<Record<string, string>>,
): Promise<Project> {
  const starter = join(starters, `nest-${major}`);
  const manifest: StarterManifest = JSON.parse(readFileSync(join(starter, 'package.json'), 'utf8'));
  const { type = 'commonjs', dependencies, devDependencies } = manifest;
  const forTests = Object.entries(devDependencies).filter(([name]) => loaded.test(name));
  const project = await installProject({
    type,
    manifest: { ...manifest, devDependencies: Object.fromEntries(forTests) },
    dependencies,
    tarballs,
  });
  const isManifest = (path: string) => path === join(starter, 'package.json');
  cpSync(starter, project.folder, { recursive: true, filter: (path) => !isManifest(path) });
  for (const file of readdirSync(join(starters, 'shop'))) {
    const text = readFileSync(join(starters, 'shop', file), 'utf8');
    // An ES module names the files that it imports whole.
    project.write(
      join('src', file),
      type === 'module' ? text.replaceAll(/(from '\.[^']*)'/g, "$1.js'") : text,
    );
  }
  return project;
}
