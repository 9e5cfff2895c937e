import { expect, it } from 'vitest';
import { inheritedSocket } from './inherited-socket.js';

it.each([
  ['this process', { LISTEN_PID: '7', LISTEN_FDS: '1' }, 3],
  ['another process', { LISTEN_PID: '6', LISTEN_FDS: '1' }, null],
  ['nobody', { LISTEN_FDS: '1' }, null],
  ['this process, without a socket', { LISTEN_PID: '7' }, null],
])('takes a socket that was passed on to %s', (_, environment, descriptor) => {
  expect(inheritedSocket(environment, 7)).toBe(descriptor);
});

it.each(['0', '2', 'one'])('refuses %s sockets', (count) => {
  expect(() => inheritedSocket({ LISTEN_PID: '7', LISTEN_FDS: count }, 7)).toThrow(
    `LISTEN_FDS is ${count}: the gateway listens on one socket.`,
  );
});
