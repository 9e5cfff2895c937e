import { type Program, startProgram } from './start-program.js';

/** Starts the providers' APIs: every call takes so long, and a receipt is registered with the first answer. */
export function startSandbox(latencyMs: number): Promise<Program> {
  const slow = { endpoint: '*', fault: { kind: 'delay', ms: latencyMs } };
  const faults = JSON.stringify(latencyMs > 0 ? [slow] : []);
  return startProgram(import.meta.resolve('@fiscalkit/sandbox'), {
    commandLine: ['--port', '0', '--registration-delay-ms', '0', '--faults', faults],
  });
}
