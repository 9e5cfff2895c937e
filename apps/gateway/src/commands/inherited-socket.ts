import { FiscalError } from '@fiscalkit/schemas';

/** Descriptor of the first socket that is passed on, by the protocol. */
const firstDescriptor = 3;

/**
 * Returns the descriptor of the listening socket that a service manager passed on to this process, by the
 * protocol of systemd's sd_listen_fds(3); `null` if there is none. Throws `socket.count` for more than one.
 */
export function inheritedSocket(environment: NodeJS.ProcessEnv, pid: number): number | null {
  const { LISTEN_PID: forPid, LISTEN_FDS: count } = environment;
  // What was meant for a parent is none of ours.
  if (count === undefined || forPid !== String(pid)) return null;
  if (count === '1') return firstDescriptor;
  throw new FiscalError({
    code: 'socket.count',
    message: `LISTEN_FDS is ${count}: the gateway listens on one socket.`,
    retryable: false,
  });
}
