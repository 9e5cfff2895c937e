import { open } from 'node:fs/promises';

/** Appends a line to a file and waits until it is on disk; a line that is there already stays the only one. */
export async function appendOnce(path: string, line: string): Promise<void> {
  const file = await open(path, 'a+');
  try {
    const text = await file.readFile('utf8');
    if (text.split('\n').includes(line)) return;
    // What a crash left of a line gets no second half.
    const start = text === '' || text.endsWith('\n') ? '' : '\n';
    await file.appendFile(`${start}${line}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}
