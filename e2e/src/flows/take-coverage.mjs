// Loaded into every thread of a program (`--import`): writes what has run since the last time, on SIGUSR2.
import { takeCoverage } from 'node:v8';
import { BroadcastChannel, isMainThread } from 'node:worker_threads';

const channel = new BroadcastChannel('take-coverage');
channel.unref();
if (isMainThread) {
  process.on('SIGUSR2', () => {
    channel.postMessage(null);
    takeCoverage();
  });
} else {
  channel.onmessage = () => takeCoverage();
}
