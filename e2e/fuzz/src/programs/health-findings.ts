import { readFileSync } from 'node:fs';
import { sampleSale } from '@fiscalkit/testing';
import type { Finding } from '../harness/run-rounds.js';
import type { RunningProgram, RunningPrograms } from './programs.js';
import { signatureOf } from './shop.js';

/** Memory that a program may occupy after any number of requests, in mebibytes. */
const mostMemoryMiB = 640;

/** Returns faults of the programs after a run: exited, grown, or no longer able to work. */
export async function healthFindings({ all, gateways }: RunningPrograms, seed: number): Promise<Finding[]> {
  const problems = all.flatMap(problemsOf);
  if (problems.length === 0) {
    problems.push(...(await Promise.all(gateways.map(({ program }) => receiptProblems(program.url)))).flat());
  }
  return problems.map((violation) => ({
    target: 'after the run',
    seed,
    path: null,
    input: 'everything before',
    violation,
  }));
}

function problemsOf({ name, program, lastLines }: RunningProgram): string[] {
  if (!program.isRunning()) return [`the ${name} has ended; its last words:\n${lastLines()}`];
  const memory = memoryOf(program.pid) ?? 0;
  return memory > mostMemoryMiB ? [`the ${name} occupies ${Math.round(memory)} MiB`] : [];
}

async function receiptProblems(gatewayUrl: string): Promise<string[]> {
  const target = '/v5/receipts?wait=10000';
  const body = new TextEncoder().encode(JSON.stringify(sampleSale(`after-${Date.now()}`)));
  const headers = {
    'Content-Type': 'application/json',
    'X-JWS-Signature': signatureOf({ method: 'POST', target, body }),
  };
  try {
    const response = await fetch(`${gatewayUrl}${target}`, { method: 'POST', headers, body });
    const text = await response.text();
    return text.includes('"status":"registered"') ? [] : [`a normal receipt is not registered: ${text}`];
  } catch (error) {
    return [`a normal receipt is not answered: ${error}`];
  }
}

/** Returns the memory of a process in mebibytes; `null` where the system does not report it. */
export function memoryOf(processId: number): number | null {
  try {
    const kibibytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${processId}/status`, 'utf8'))?.[1];
    return kibibytes === undefined ? null : Number(kibibytes) / 1_024;
  } catch {
    return null;
  }
}
