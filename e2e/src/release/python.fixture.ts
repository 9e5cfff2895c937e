import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The Python of this machine that can validate, else any; `undefined` when there is none. Debian's has its own modules. */
export async function findPython(): Promise<string | undefined> {
  for (const program of ['import jsonschema', '']) {
    for (const python of ['python3', '/usr/bin/python3']) {
      const works = await run(python, ['-W', 'ignore', '-c', program]).then(
        () => true,
        () => false,
      );
      if (works) return python;
    }
  }
  return undefined;
}
