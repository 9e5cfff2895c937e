import type { AnyTarget } from '../harness/target.js';
import { noPrograms, type Programs } from '../programs/programs.js';
import { gatewayRequests } from './gateway-requests.js';
import { inProcessTargets } from './in-process.js';
import { rawBytes } from './raw-bytes.js';
import { sandboxControl, sandboxRequests } from './sandbox-requests.js';

/** Returns all targets: parsers, and the running programs over HTTP. */
export function openTargets(programs: Programs): readonly AnyTarget[] {
  return [
    ...inProcessTargets,
    gatewayRequests('gateway-requests', programs.gateway),
    gatewayRequests('gateway-postgres', programs.postgresGateway),
    sandboxRequests(programs),
    sandboxControl(programs),
    ...rawBytes(programs),
  ];
}

/** Names of all targets. */
export const targetNames: readonly string[] = openTargets(noPrograms).map(({ name }) => name);

/** Whether a target needs running programs. */
export function needsPrograms(name: string): boolean {
  return !inProcessTargets.some((target) => target.name === name);
}
