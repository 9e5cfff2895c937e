import { setImmediate as endOfTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { GatheredLines } from './standard-output.js';

let written: string[];
let lines: GatheredLines;

beforeEach(() => {
  written = [];
  lines = new GatheredLines({ write: (text) => written.push(text) });
});

describe('lines that are gathered', () => {
  it('are handed on as one text at the end of the turn, in order', async () => {
    lines.write('one\n');
    await Promise.resolve();
    lines.write('two\n');
    expect(written).toEqual([]);
    await endOfTurn();
    expect(written).toEqual(['one\ntwo\n']);
  });

  it('are handed on turn after turn', async () => {
    for (const line of ['one\n', 'two\n']) {
      lines.write(line);
      await endOfTurn();
    }
    expect(written).toEqual(['one\n', 'two\n']);
  });

  it('are handed on at once when asked, and never twice', async () => {
    lines.write('one\n');
    lines.flush();
    lines.flush();
    expect(written).toEqual(['one\n']);
    await endOfTurn();
    expect(written).toEqual(['one\n']);
  });

  it('do not pile up within a turn', () => {
    const line = `${'a'.repeat(999)}\n`;
    for (let count = 0; count < 100; count += 1) lines.write(line);
    expect(written.length).toBeGreaterThan(3);
    lines.flush();
    expect(written.join('')).toBe(line.repeat(100));
  });
});
