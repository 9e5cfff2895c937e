import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const folder = join(root, '.github/workflows');

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency: { readonly group: string };
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly 'timeout-minutes'?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

const workflows = readdirSync(folder).map((file) => {
  const text = readFileSync(join(folder, file), 'utf8');
  return { file, text, workflow: parse(text) as Workflow };
});

/** The version that each pinned commit is, so that a pin and its comment can't drift apart. */
const pins: Readonly<Record<string, string>> = {
  'actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd': 'v6.0.2',
  'actions/setup-node@6044e13b5dc448c55e2357c09f80417699197238': 'v6.2.0',
};

/** The jobs that may do more than read. */
const grants: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'release.yml version': { contents: 'write', 'pull-requests': 'write' },
  'release.yml publish': { contents: 'write', 'id-token': 'write' },
};

describe('the workflows', () => {
  it('are CI and release', () => {
    expect(workflows.map(({ file }) => file).sort()).toEqual(['ci.yml', 'release.yml']);
  });

  it.each(workflows)('$file pins every action to a commit, and says which version that is', ({ text }) => {
    const uses = text.split('\n').filter((line) => /\buses:/.test(line));
    for (const line of uses) {
      const [, action = '', comment] = /uses: (\S+) # (\S+)$/.exec(line) ?? [];
      expect(action, line).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
      expect(comment, line).toBe(pins[action]);
    }
  });

  it.each(workflows)('$file lets jobs read, and few of them more', ({ file, workflow }) => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const [name, { permissions }] of Object.entries(workflow.jobs))
      expect(permissions, name).toEqual(grants[`${file} ${name}`]);
  });

  it.each(workflows)('$file is bounded: in time, and in how many run at once', ({ workflow }) => {
    expect(workflow.concurrency.group).toMatch(/^\w/);
    for (const job of Object.values(workflow.jobs)) expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
  });

  it.each(workflows)(
    '$file knows no secret, and puts no text of strangers into a script',
    ({ text, workflow }) => {
      expect(text).not.toMatch(/secrets\./);
      expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
      for (const { run } of Object.values(workflow.jobs).flatMap(({ steps }) => steps))
        expect(run ?? '').not.toContain('${{');
    },
  );

  it('run what the README tells everybody to run', () => {
    const runs = workflows.map(({ workflow }) =>
      Object.values(workflow.jobs).flatMap(({ steps }) => steps.map(({ run }) => run)),
    );
    for (const commands of runs) expect(commands).toContain('.ci/run');
    expect(readFileSync(join(root, '.ci/run'), 'utf8')).toMatch(/^npm test$/m);
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toMatch(/^npm test /m);
  });
});
