import { startSandbox } from '@fiscalkit/sandbox';
import { monotonicMs } from '../../../load/pace.js';
import { FastClock } from '../fast-clock.js';

const clock = new FastClock(Number(process.argv[2]));
const sandbox = await startSandbox({ registrationDelayMs: 0, clock: () => clock.at(monotonicMs()) });
process.once('SIGTERM', () => sandbox.close());
process.stdout.write(`${sandbox.url}\n`);
