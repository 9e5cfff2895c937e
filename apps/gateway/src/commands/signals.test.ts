import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../logs/logger.js';
import { Signals } from './signals.js';

let lines: Record<string, unknown>[];
let statuses: number[];
let terminals: number[];
let signals: Signals;
let stopped: boolean;

function watch(): void {
  const logger = createLogger('info', { write: (line) => lines.push(JSON.parse(line)) });
  const isTerminal = (descriptor: number) => terminals.includes(descriptor);
  signals = new Signals({ logger, isTerminal, end: (status) => statuses.push(status) });
  void signals.stopping.then(() => {
    stopped = true;
  });
}

beforeEach(() => {
  [lines, statuses, terminals, stopped] = [[], [], [], false];
});
afterEach(() => signals.release());

describe.each(['SIGTERM', 'SIGINT', 'SIGQUIT'] as const)('%s', (signal) => {
  it('asks to stop, and ends at once the second time', async () => {
    watch();
    process.emit(signal, signal);
    await sleep(0);
    expect(stopped).toBe(true);
    expect(lines).toMatchObject([{ level: 'info', event: 'gateway.stopping', signal }]);
    // The same signal again, forwarded by a parent process.
    process.emit(signal, signal);
    expect(statuses).toEqual([]);
    await sleep(150);
    process.emit('SIGTERM', 'SIGTERM');
    expect(statuses).toEqual([143]);
    expect(lines.at(-1)).toMatchObject({ level: 'warn', event: 'gateway.ended', signal: 'SIGTERM' });
  });
});

describe('SIGHUP', () => {
  it.each([
    ['without a terminal', []],
    ['at a terminal that is still there', [0, 2]],
  ])('%s changes nothing and says that a restart is needed', async (_, before) => {
    terminals = before;
    watch();
    process.emit('SIGHUP', 'SIGHUP');
    await sleep(0);
    expect(stopped).toBe(false);
    expect(lines).toMatchObject([
      { level: 'warn', event: 'signal.ignored', signal: 'SIGHUP', note: expect.stringContaining('restart') },
    ]);
  });

  it('of a terminal that is gone asks to stop', async () => {
    terminals = [0, 1, 2];
    watch();
    terminals = [];
    process.emit('SIGHUP', 'SIGHUP');
    await sleep(0);
    expect(stopped).toBe(true);
    expect(lines).toMatchObject([{ event: 'gateway.stopping', signal: 'SIGHUP' }]);
  });
});
