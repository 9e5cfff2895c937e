import { parentPort, workerData } from 'node:worker_threads';
import { openTargets } from '../targets/open-targets.js';
import { runRounds } from './run-rounds.js';
import { Heartbeat, type WorkOrder } from './supervise.js';

// The fuzzing thread. Another one supervises it, because an input that never ends can't be noticed from
// within.
const { programs, names, memory, ...rounds } = workerData as WorkOrder;
const heartbeat = new Heartbeat(memory);
const targets = openTargets(programs).filter(({ name }) => names.includes(name));
const result = await runRounds({
  ...rounds,
  targets,
  onCase: (target, seed) => heartbeat.beat(target, seed),
});
parentPort?.postMessage(result);
