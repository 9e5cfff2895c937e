import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const [loader, talker] = ['source-loader.fixture.ts', 'talker.fixture.ts'].map((name) =>
  fileURLToPath(new URL(name, import.meta.url)),
);

/** The lines that a process has written which logs some and ends. */
async function talk(count: number, ending: string): Promise<Record<string, unknown>[]> {
  const commandLine = ['--import', loader ?? '', talker ?? '', String(count), ending];
  const stdout = await new Promise<string>((resolve) => {
    execFile(process.execPath, commandLine, { maxBuffer: 1e8 }, (_error, text) => resolve(text));
  });
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe.each([3, 3_000])('what a process has logged: %i lines', (count) => {
  const talked = Array.from({ length: count }, (_, line) => ['talk', line]);

  it.each(['exit', 'fall asleep'])('is written when its end is to %s', async (ending) => {
    const lines = await talk(count, ending);
    expect(lines.map(({ event, count: line }) => [event, line])).toEqual(talked);
  });

  it('is written before the accident that ends it', async () => {
    const lines = await talk(count, 'throw');
    expect(lines.at(-1)).toMatchObject({ level: 'error', event: 'gateway.crashed', error_name: 'Error' });
    expect(lines.slice(0, -1).map(({ event, count: line }) => [event, line])).toEqual(talked);
  });
});
