import { drive } from './drive.js';
import type { LoadPlan } from './load-plan.js';
import { prepareRequests } from './prepare-requests.js';

const plan: LoadPlan = JSON.parse(process.argv[2] ?? '');
const result = await drive(plan, prepareRequests(plan));
process.stdout.write(`${JSON.stringify(result)}\n`);
