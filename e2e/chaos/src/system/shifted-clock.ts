import { readFileSync } from 'node:fs';

// Loaded into a gateway before anything else: shifts the clock of the process by the milliseconds in a file.

const pollIntervalMs = 20;
const file = process.env.CHAOS_CLOCK ?? '';

let offsetMs = readOffset();
setInterval(() => {
  offsetMs = readOffset();
}, pollIntervalMs).unref();

const TrueDate = Date;
const now = () => TrueDate.now() + offsetMs;

globalThis.Date = new Proxy(TrueDate, {
  apply: () => new TrueDate(now()).toString(),
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
});

function readOffset(): number {
  try {
    return Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    return 0;
  }
}
