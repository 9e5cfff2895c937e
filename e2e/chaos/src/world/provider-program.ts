// A program of its own: the sandbox with the merchants of the laboratory, whom its command line can't name.
import { startSandbox } from '@fiscalkit/sandbox';

const sandbox = await startSandbox(JSON.parse(process.env.LABORATORY_SANDBOX ?? '{}'));
process.once('SIGTERM', () => {
  void sandbox.close().then(() => process.exit(0));
});
