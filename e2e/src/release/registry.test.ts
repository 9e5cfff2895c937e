import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startSandbox } from '@fiscalkit/sandbox';
import { killPrograms, startGatewayProgram, startSandboxProgram } from '@fiscalkit/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { nest, nestApplication } from '../consumers/nest-application.fixture.js';
import { installProject, type Project } from '../consumers/project.fixture.js';
import { exampleIn, root } from '../example-in.fixture.js';
import { readJournal } from '../sandbox-journal.fixture.js';
import { findPython } from './python.fixture.js';
import { type LocalRegistry, startRegistry } from './registry.fixture.js';
import { copyWorkspace, type Outcome, type WorkspaceCopy } from './workspace-copy.fixture.js';

let registry: LocalRegistry;
let workspace: WorkspaceCopy;
let published: Outcome;

const publish = () => workspace.release(['--registry', registry.url], registry.environment);

beforeAll(async () => {
  [registry, workspace] = await Promise.all([startRegistry(), copyWorkspace()]);
  expect(await workspace.release(['version'])).toMatchObject({ succeeded: true });
  await workspace.commit();
  published = await publish();
  if (!published.succeeded) throw new Error(published.output);
}, 300_000);

afterEach(killPrograms);
afterAll(async () => {
  await registry.close();
  await workspace.remove();
});

/** An empty project with our packages, by the end of their names, from the registry. */
function install(ours: readonly string[], others: Readonly<Record<string, string>> = {}): Promise<Project> {
  const dependencies = Object.fromEntries(ours.map((name) => [`@fiscalkit/${name}`, 'latest']));
  return installProject({
    type: 'module',
    dependencies: { ...dependencies, ...others },
    npmrc: registry.npmrc,
  });
}

const entryOf = ({ folder }: Project, program: string) =>
  pathToFileURL(join(folder, 'node_modules/.bin', program)).href;

describe('a release', () => {
  it('publishes every package', () => {
    for (const name of ['schemas', 'client', 'ledger', 'nestjs', 'json-schema', 'sandbox', 'gateway'])
      expect(published.output).toMatch(new RegExp(`✓ published: @fiscalkit/${name}@\\d+\\.\\d+\\.\\d+`));
  });

  it('does nothing when it is repeated', async () => {
    const { succeeded, output } = await publish();
    expect(succeeded).toBe(true);
    expect(output.match(/already published/g)).toHaveLength(7);
    expect(output).not.toContain('✓ published');
  }, 60_000);

  it.each([
    ['release.dirty', 'notes.txt'],
    ['release.changesets', '.changeset/more.md'],
  ])(
    'is refused for %s',
    async (code, file) => {
      await writeFile(join(workspace.folder, file), "---\n'@fiscalkit/client': patch\n---\n\nMore.\n");
      if (code === 'release.changesets') await workspace.commit();
      const { succeeded, output } = await publish();
      expect(succeeded).toBe(false);
      expect(output).toContain(code);
      expect(output).not.toMatch(/Building|published/);
    },
    60_000,
  );
});

describe('what was published', () => {
  it('fiscalizes in a plain project, as the packages say', async () => {
    const project = await install(['client', 'ledger', 'sandbox']);
    const data = join(project.folder, 'sandbox.jsonl');
    const sandbox = await startSandboxProgram({ entry: entryOf(project, 'fiscalkit-sandbox'), data });
    const environment = { FREEDOMPAY_URL: sandbox.url, FREEDOMPAY_KEY: 'secret_key' };
    const example = (name: string) =>
      exampleIn(relative(root, join(project.folder, `node_modules/@fiscalkit/${name}/README.md`)), 'ts|js');
    project.write('client.ts', example('client'));
    project.write('ledger.ts', example('ledger'));
    expect(await project.run(process.execPath, ['client.ts'], environment)).toContain('registered https://');
    expect(await project.run(process.execPath, ['ledger.ts'], environment)).toContain("status: 'registered'");
    expect((await readJournal(sandbox.url)).receipts).toHaveLength(2);
  }, 180_000);

  it('fiscalizes in a Nest project', async () => {
    const sandbox = await startSandbox({ port: 0 });
    const project = await install(['client', 'nestjs'], nest(12));
    project.write('main.js', nestApplication('module'));
    expect(await project.node('main.js', sandbox.url)).toMatch(/^registered https:/);
    expect(sandbox.journal().receipts).toHaveLength(1);
    await sandbox.close();
  }, 180_000);

  it('fiscalizes for Python through the gateway', async ({ skip }) => {
    const python = await findPython();
    if (python === undefined) skip('there is no Python on this machine');
    const project = await install(['gateway', 'json-schema', 'sandbox']);
    expect(await project.run('npx', ['--no-install', 'fiscalkit-gateway', '--help'])).toContain('PORT');
    const data = join(project.folder, 'sandbox.jsonl');
    const sandbox = await startSandboxProgram({ entry: entryOf(project, 'fiscalkit-sandbox'), data });
    const gateway = await startGatewayProgram({
      entry: entryOf(project, 'fiscalkit-gateway'),
      providersUrl: sandbox.url,
      ledgerUrl: `sqlite:${join(project.folder, 'ledger.sqlite')}`,
    });
    const script = fileURLToPath(new URL('sell.py', import.meta.url));
    const schema = join(project.folder, 'node_modules/@fiscalkit/json-schema/schemas/2020-12/receipt.json');
    const output = await project.run(`${python}`, [script, gateway.url, schema]);
    process.stdout.write(output);
    expect(existsSync(schema)).toBe(true);
    expect(output).toMatch(/^(validated|validation left out: .*)\nregistered https:/);
    expect((await readJournal(sandbox.url)).receipts).toMatchObject([{ payment_id: '764239791' }]);
  }, 180_000);
});
