import assert from 'node:assert/strict';
import type { Answer } from '../http/answer.js';

/** Codes that a 503 of the gateway may have. */
const documented503 = ['gateway.busy', 'gateway.stopping', 'ledger.unavailable', 'signature.replay.full'];

const dottedCode = /^[a-z][a-z-]*(\.[a-z][a-z-]*)+$/;
const requestIdForm = /^[\w.:-]{1,128}$/;

/** Asserts what must hold for every answer of the gateway, whatever was sent. */
export function assertGatewayAnswer({ status, headers, body }: Answer): void {
  assert.doesNotMatch(
    body,
    /node_modules|\bat [\w.<>]+ \(|file:\/\//,
    'an answer shows where in the code it was made',
  );
  if (status >= 500) assert.equal(status, 503, `status ${status}: ${body}`);
  const type = headers.get('content-type') ?? '';
  if (!type.includes('json') || body === '') return;
  const document = JSON.parse(body);
  const requestId = headers.get('x-request-id');
  if (requestId !== undefined) assert.match(requestId, requestIdForm);
  if (status >= 400) {
    assertError(document.error, status, requestId);
    return;
  }
  if ('is_success' in document) assertConfirmation(document, requestId);
}

function assertError(error: unknown, status: number, requestId: string | undefined): void {
  if (status === 503 && error === undefined) return;
  assert.ok(isRecord(error), 'an error without its envelope');
  const { code, message, errors, faults, retryable, request_id } = error;
  assert.ok(
    typeof code === 'string' && typeof request_id === 'string',
    'an error without code or request id',
  );
  assert.match(code, dottedCode);
  assert.equal(typeof message, 'string');
  assert.ok(isRecord(errors) && Array.isArray(faults));
  assert.equal(typeof retryable, 'boolean');
  assert.match(request_id, requestIdForm);
  if (requestId !== undefined) assert.equal(request_id, requestId);
  if (status === 503) assert.ok(documented503.includes(code), `503 with ${code}`);
}

function assertConfirmation(document: Record<string, unknown>, requestId: string | undefined): void {
  assert.deepEqual(Object.keys(document), ['data', 'error', 'is_success']);
  if (document.is_success === true) {
    assert.equal(document.error, null);
    return;
  }
  const { error } = document;
  assert.ok(isRecord(error) && Number.isInteger(error.code) && typeof error.message === 'string');
  assert.ok(error.code !== 9500, `an inner failure: ${error.message}`);
  if (isRecord(error.data)) assert.equal(error.data.request_id, requestId);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Asserts what must hold for every answer of the sandbox while no fault is active. */
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
