import assert from 'node:assert/strict';
import type { Answer } from '../http/answer.js';

/** What must hold of everything that the sandbox answers while no fault is in force. */
export function assertSandboxAnswer({ status, headers, body }: Answer): void {
  assert.doesNotMatch(
    body,
    /node_modules|\bat [\w.<>]+ \(|file:\/\//,
    'an answer shows where in the code it was made',
  );
  assert.ok(status < 500, `status ${status}: ${body}`);
  if (body === '' || !(headers.get('content-type') ?? '').includes('json')) return;
  const document = JSON.parse(body);
  if (status < 400) return;
  const { error } = document;
  assert.ok(typeof error === 'object' && error !== null, 'an error without its envelope');
  assert.equal(typeof error.message, 'string');
}
