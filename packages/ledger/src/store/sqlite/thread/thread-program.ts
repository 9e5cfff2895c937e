import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FiscalError } from '@fiscalkit/schemas/errors';

/** The program of a thread, which is a file of this package; `null` where a bundler put this code elsewhere without it. */
export function findThreadProgram(file: string, here: string | undefined = import.meta.url): URL | null {
  const program = here === undefined ? null : URL.parse(file, here);
  return program?.protocol === 'file:' && existsSync(fileURLToPath(program)) ? program : null;
}

/** The same, but throws a `FiscalError` with code `ledger.bundled` where the program is missing. */
export function threadProgram(file: string, here?: string): URL {
  const program = findThreadProgram(file, here);
  if (program) return program;
  throw new FiscalError({
    code: 'ledger.bundled',
    message:
      '@fiscalkit/ledger was bundled into another file, without the program of its thread: keep @fiscalkit/* external (webpack: externals, esbuild: --external:@fiscalkit/*).',
    retryable: false,
  });
}
