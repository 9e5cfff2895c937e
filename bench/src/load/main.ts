import { drive, prepareRequests } from './drive.js';
import type { LoadPlan } from './run-load.js';

const plan: LoadPlan = JSON.parse(process.argv[2] ?? '');
const result = await drive(plan, prepareRequests(plan));
process.stdout.write(`${JSON.stringify(result)}\n`);
