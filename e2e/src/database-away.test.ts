import { createLogger, loadConfiguration, startGateway } from '@fiscalkit/gateway';
import { startPostgresServer } from '@fiscalkit/postgres-server';
import { askForReceipt } from '@fiscalkit/testing';
import { expect, it, onTestFinished } from 'vitest';

it.each(['api', 'all'])(
  'while PostgreSQL is away, a gateway with the role %s answers metrics, counts, and says why',
  async (role) => {
    const server = await startPostgresServer({ inMemory: true });
    onTestFinished(() => server.stop());
    const configuration = loadConfiguration({
      FISCALKIT_DEMO: '1',
      FISCALKIT_LEDGER_URL: server.connectionString,
      FISCALKIT_ROLE: role,
      FISCALKIT_TRUSTED_PROXIES: '127.0.0.1',
      PORT: '0',
    });
    const lines: Record<string, unknown>[] = [];
    const logger = createLogger('debug', { write: (line) => lines.push(JSON.parse(line)) });
    const gateway = await startGateway(configuration, logger);
    onTestFinished(() => gateway.close());
    const metrics = async () => {
      const answer = await fetch(`${gateway.url}/metrics`);
      expect(answer.status).toBe(200);
      return answer.text();
    };
    const figureOf = (text: string, name: string) =>
      Number(
        text
          .split('\n')
          .find((line) => line.startsWith(name))
          ?.split(' ')
          .at(-1),
      );

    const before = await metrics();
    expect(before).toContain('fiscalkit_ledger_up 1\n');
    expect(before).toContain('fiscalkit_entries{state="registered"}');
    expect(before).toMatch(/^fiscalkit_build_info\{version="\d+\.\d+\.\d+",node="\d+\.\d+\.\d+"\} 1$/m);
    await server.restart(async () => {
      await expect(askForReceipt(gateway.url, 1, 'sell')).rejects.toThrow();
      const away = await metrics();
      expect(away).toContain('fiscalkit_ledger_up 0\n');
      expect(away).not.toContain('fiscalkit_entries{');
      expect(away).not.toContain('fiscalkit_overdue');
      expect(away).toContain('fiscalkit_breaker_state');
      expect(figureOf(away, 'fiscalkit_store_errors_total{code="ledger.unavailable"}')).toBeGreaterThan(0);
    });
    const served = lines.find(({ event, status }) => event === 'request.served' && status === 503);
    expect(served).toMatchObject({ level: 'error', code: 'ledger.unavailable' });
    const failed = lines.filter(({ event }) => event === 'ledger.failed');
    expect(failed.length).toBeGreaterThan(0);
    for (const line of failed) {
      expect(line).toMatchObject({ level: 'error', code: 'ledger.unavailable', cause: expect.any(String) });
    }
    expect(
      failed.some(({ cause }) => ['unreachable', 'connection-lost', 'restarting'].includes(`${cause}`)),
    ).toBe(true);
    expect(JSON.stringify(lines)).not.toContain('postgres:postgres');
    await expect.poll(async () => (await metrics()).includes('fiscalkit_ledger_up 1\n')).toBe(true);
  },
  60_000,
);
