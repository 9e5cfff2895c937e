import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BoundedOutput } from './standard-output.js';

const { O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;

let folder: string;
let fifo: string;
const open: number[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiscalkit-output-'));
  fifo = join(folder, 'fifo');
  execFileSync('mkfifo', [fifo]);
});

afterEach(() => {
  for (const descriptor of open.splice(0)) closeSync(descriptor);
  rmSync(folder, { recursive: true });
});

function opened(path: string, flags: number): number {
  const descriptor = openSync(path, flags);
  open.push(descriptor);
  return descriptor;
}

function readAll(descriptor: number): string {
  const buffer = Buffer.alloc(1_000_000);
  try {
    return buffer.toString('utf8', 0, readSync(descriptor, buffer));
  } catch {
    return '';
  }
}

const line = (number: number) => `${JSON.stringify({ number, text: 'чай'.repeat(40) })}\n`;

async function untilRead(reader: number, isDone: (text: string) => boolean): Promise<string> {
  let text = '';
  await expect
    .poll(
      () => {
        text += readAll(reader);
        return isDone(text);
      },
      { interval: 5, timeout: 5_000 },
    )
    .toBe(true);
  return text;
}

it('keeps what a reader that has stopped does not take, drops and counts the rest, and says so afterwards', async () => {
  const reader = opened(fifo, O_RDONLY | O_NONBLOCK);
  const output = new BoundedOutput(opened(fifo, O_WRONLY | O_NONBLOCK));
  const count = 20_000;
  for (let number = 0; number < count; number += 1) output.write(line(number));
  const { linesDropped } = output;
  expect(linesDropped).toBeGreaterThan(0);
  const text = await untilRead(reader, (read) => read.includes('log.dropped'));
  const lines = text
    .trimEnd()
    .split('\n')
    .map((each) => JSON.parse(each));
  expect(lines.at(-1)).toMatchObject({ level: 'warn', event: 'log.dropped', count: linesDropped });
  const kept = lines.slice(0, -1);
  expect(kept).toHaveLength(count - linesDropped);
  expect(kept.map(({ number }) => number)).toEqual(kept.map((_, number) => number));
  output.write(line(-1));
  expect(readAll(reader)).toBe(line(-1));
  expect(output.linesDropped).toBe(linesDropped);
});

it('goes on for another reader when the first is gone', async () => {
  const first = openSync(fifo, O_RDONLY | O_NONBLOCK);
  const output = new BoundedOutput(opened(fifo, O_WRONLY | O_NONBLOCK));
  output.write(line(1));
  expect(readAll(first)).toBe(line(1));
  closeSync(first);
  output.write(line(2));
  output.write(line(3));
  const second = opened(fifo, O_RDONLY | O_NONBLOCK);
  expect(await untilRead(second, (read) => read.includes('"number":3'))).toBe(line(2) + line(3));
});

it('is not stopped by a full disk, and does not wait for one at the end', () => {
  const output = new BoundedOutput(opened('/dev/full', O_WRONLY));
  for (let number = 0; number < 20_000; number += 1) output.write(line(number));
  expect(output.linesDropped).toBeGreaterThan(0);
  const begunAt = performance.now();
  output.end();
  expect(performance.now() - begunAt).toBeLessThan(500);
});
