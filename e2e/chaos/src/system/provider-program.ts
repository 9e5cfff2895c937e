import { readFileSync } from 'node:fs';
import { startSandbox } from '@fiscalkit/sandbox';

// A program of its own: the sandbox with merchants and fault rules that its command line has no options for.

const [, , optionsFile = ''] = process.argv;
const sandbox = await startSandbox(JSON.parse(readFileSync(optionsFile, 'utf8')));
process.once('SIGTERM', () => {
  void sandbox.close().then(() => process.exit(0));
});
