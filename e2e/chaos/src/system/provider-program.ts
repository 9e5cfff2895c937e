import { readFileSync } from 'node:fs';
import { startSandbox } from '@fiscalkit/sandbox';

// A program of its own: the sandbox with the merchants and fault rules of the laboratory, which its command line can't name.

const [, , optionsFile = ''] = process.argv;
const sandbox = await startSandbox(JSON.parse(readFileSync(optionsFile, 'utf8')));
process.once('SIGTERM', () => {
  void sandbox.close().then(() => process.exit(0));
});
