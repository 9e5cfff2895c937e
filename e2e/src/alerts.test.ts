import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  askForReceipt,
  freePort,
  killPrograms,
  type Program,
  startGatewayProgram,
  startSandboxProgram,
} from '@fiscalkit/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from './example-in.fixture.js';
import { addFault } from './sandbox-journal.fixture.js';

const rules = join(root, 'deploy/prometheus/alerts.yml');
const hasPromtool = spawnSync('promtool', ['--version']).error === undefined;
if (!hasPromtool)
  process.stderr.write('○ No promtool (apt-get install prometheus): the alert rules are not tried.\n');

/** A scrape every 200 ms stands for one a minute. */
const scrapeMs = 200;
const administrator = {
  Authorization: 'Bearer demo-admin-key',
  'Content-Type': 'application/json',
};

let folder: string;
let receiver: Server;
/** What an endpoint answers, by its path. */
const answers = new Map<string, number>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fiscalkit-alerts-'));
  receiver = createServer((request, response) => {
    const status = answers.get(request.url ?? '') ?? 204;
    request.resume().once('end', () => response.writeHead(status).end());
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  await killPrograms();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
  rmSync(folder, { recursive: true });
});

/** What Prometheus would have of a gateway. */
class Recording {
  /** Values of each series, by scrape; `_` where it was not there. */
  readonly #series = new Map<string, string[]>();
  #scrapes = 0;

  /** The minute of the last scrape. */
  get minute(): number {
    return this.#scrapes - 1;
  }

  /** Scrapes so many times; returns the last text. */
  async scrape(gateway: Program, times: number): Promise<string> {
    let text = '';
    for (let time = 0; time < times; time += 1) {
      const begunAt = performance.now();
      text = await metricsOf(gateway);
      for (const [, series = '', value = ''] of text.matchAll(/^(fiscalkit_\S+) (\S+)$/gm)) {
        const values = this.#series.get(series) ?? [];
        while (values.length < this.#scrapes) values.push('_');
        this.#series.set(series, [...values, value]);
      }
      this.#scrapes += 1;
      await delay(Math.max(1, scrapeMs - (performance.now() - begunAt)));
    }
    return text;
  }

  /** Returns the input of `promtool test rules`: the alerts that fire at these minutes, and no others. */
  testOf(expected: readonly (readonly [minute: number, firing: readonly string[]])[]): object {
    return {
      rule_files: [rules],
      evaluation_interval: '1m',
      tests: [
        {
          interval: '1m',
          input_series: Array.from(this.#series, ([series, values]) => ({
            series,
            values: values.join(' '),
          })),
          promql_expr_test: expected.map(([minute, firing]) => ({
            expr: 'count by (alertname) (ALERTS{alertstate="firing"})',
            eval_time: `${minute}m`,
            exp_samples: firing.map((name) => ({ labels: `{alertname="${name}"}`, value: 1 })),
          })),
        },
      ],
    };
  }
}

/** Reads the metrics: again where the machine is too busy to read the ledger in time, which is no outage of it. */
async function metricsOf(gateway: Program): Promise<string> {
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  return text.includes('\nfiscalkit_ledger_up 1\n') ? text : metricsOf(gateway);
}

/** Starts a gateway with two endpoints of webhooks. */
function startGateway(providersUrl: string): Promise<Program> {
  const { port } = receiver.address() as AddressInfo;
  const file = join(folder, 'gateway.json');
  const endpoint = (name: string) => ({
    name,
    url: `http://127.0.0.1:${port}/${name}`,
    secret: { env: 'HOOK_SECRET' },
  });
  writeFileSync(file, JSON.stringify({ merchants: [{ webhooks: [endpoint('failing'), endpoint('gone')] }] }));
  return startGatewayProgram({
    providersUrl,
    ledgerUrl: `sqlite:${join(folder, 'ledger.sqlite')}`,
    environment: {
      FISCALKIT_CONFIG: file,
      FISCALKIT_UNKNOWN_AFTER_MS: '1000',
      FISCALKIT_WEBHOOK_RETRY_MS: '50',
      FISCALKIT_WEBHOOK_MOST_RETRY_MS: '200',
      HOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
    },
  });
}

async function sell(gateway: Program, payments: readonly number[]): Promise<void> {
  for (const payment of payments) await askForReceipt(gateway.url, payment);
}

it.skipIf(!hasPromtool)('are rules that Prometheus reads', () => {
  const checked = spawnSync('promtool', ['check', 'rules', rules], { encoding: 'utf8' });
  expect([checked.status, checked.stdout]).toEqual([0, expect.stringContaining('18 rules found')]);
});

it.skipIf(!hasPromtool)(
  'fire through an outage of provider and endpoints, no others, and end',
  async () => {
    const sandbox = { port: await freePort(), data: join(folder, 'sandbox.jsonl') };
    const provider = await startSandboxProgram(sandbox);
    const gateway = await startGateway(provider.url);
    const recording = new Recording();
    const begun = new Date().toISOString();
    const haveBegun = async () => {
      const listed = await fetch(`${gateway.url}/admin/webhooks`, { headers: administrator });
      const { data } = (await listed.json()) as { data: { state: string }[] };
      return data.every(({ state }) => state === 'active');
    };
    await expect.poll(haveBegun, { timeout: 30_000 }).toBe(true);
    await sell(gateway, [1, 2]);
    await recording.scrape(gateway, 20);
    const calm = recording.minute;

    answers.set('/failing', 503).set('/gone', 410);
    // What came of a request can't be looked up either, until it is back.
    await addFault(provider.url, { endpoint: 'receipts.list', fault: { kind: 'drop-before' } });
    await addFault(provider.url, { endpoint: 'receipts.create', fault: { kind: 'drop-after' } });
    await sell(gateway, [3, 4, 5]);
    await delay(500);
    await provider.kill();
    await sell(gateway, [6, 7, 8, 9, 10, 11]);
    await recording.scrape(gateway, 90);
    const outage = recording.minute;

    answers.clear();
    await startSandboxProgram(sandbox);
    const again = { method: 'POST', headers: administrator, body: JSON.stringify({ from: begun }) };
    await fetch(`${gateway.url}/admin/webhooks/542088/gone/send-again`, again);
    for (let isOver = false; !isOver; ) {
      const text = await recording.scrape(gateway, 5);
      const current = (series: string) =>
        text
          .split('\n')
          .find((line) => line.startsWith(series))
          ?.split(' ')
          .at(-1);
      isOver = [
        'fiscalkit_unknown_for_long',
        'fiscalkit_breaker_state{provider="freedompay"}',
        'fiscalkit_webhooks_failing',
      ].every((series) => current(series) === '0');
    }
    await recording.scrape(gateway, 20);

    const test = join(folder, 'outage.yml');
    const expected: [number, string[]][] = [
      [calm, []],
      [
        outage,
        [
          'FiscalkitProviderOut',
          'FiscalkitUnknownForLong',
          'FiscalkitWebhookDisabled',
          'FiscalkitWebhookFailing',
        ],
      ],
      [recording.minute, []],
    ];
    writeFileSync(test, JSON.stringify(recording.testOf(expected)));
    const played = spawnSync('promtool', ['test', 'rules', test], { encoding: 'utf8' });
    expect(played.stdout + played.stderr).toContain('SUCCESS');
    expect(played.status).toBe(0);
  },
  180_000,
);
