import fc from 'fast-check';
import { sealed } from '../harness/target.js';
import { converse, oneAnswer } from '../http/conversation.js';
import { type HttpRequest, proven, writeRequest } from '../http/http-request.js';
import { fuzzedRequest } from '../inputs/fuzzed-request.js';
import { mutatedDocument } from '../inputs/mutated-document.js';
import { mutatedText } from '../inputs/mutated-text.js';
import { assertSandboxAnswer } from '../oracles/gateway-answers.js';
import type { Programs } from '../programs/programs.js';

/** Target: every provider API of the sandbox gives one whole answer, never an internal failure. */
export function sandboxRequests({ sandbox }: Programs) {
  return sealed({
    name: 'sandbox-requests',
    share: 4,
    input: fuzzedRequest,
    check: (request) => assertAnswered(sandbox, proven(request)),
  });
}

const rules = [
  { endpoint: 'receipts.create', on: { every: 3 }, times: 2, paymentId: '1', fault: { kind: 'drop-after' } },
  { endpoint: '*', on: { probability: 0.5 }, fault: { kind: 'delay', ms: 5, when: 'after' } },
  { endpoint: 'receipts.*', fault: { kind: 'status', status: 503, retryAfterSeconds: 1 } },
  { endpoint: 'payments.*', fault: { kind: 'confirm-as', as: 'error-number' } },
  { endpoint: 'receipts.*', fault: { kind: 'write', as: ['cp866', 'cut:10', 'number-ids', 'no-filter'] } },
];

const controlRequest = fc.record({
  method: fc.constantFrom('GET', 'POST', 'DELETE', 'PUT'),
  path: fc.oneof(
    fc.constantFrom(
      '/_sandbox/faults',
      '/_sandbox/faults',
      '/_sandbox/journal',
      '/_sandbox/health',
      '/_sandbox/faults/1',
    ),
    mutatedText(['/_sandbox/faults/1', '/_sandbox/journal']).map(
      (text) => `/${encodeURI(text.slice(1).toWellFormed())}`,
    ),
  ),
  query: fc.constantFrom('', 'payment_id=1', 'payment_id[]=1', 'payment_id=%ff', 'x'),
  body: mutatedDocument(rules).map((rule) => JSON.stringify(rule) ?? ''),
});

/** Target: the control interface of the sandbox; accepted rules are removed before a provider is called. */
export function sandboxControl({ sandbox }: Programs) {
  const send = (method: string, target: string, body: string) =>
    assertAnswered(sandbox, {
      method,
      target,
      headers: [['Content-Type', 'application/json']],
      body: new TextEncoder().encode(body),
    });
  return sealed({
    name: 'sandbox-control',
    input: controlRequest,
    async check({ method, path, query, body }) {
      await send(method, query === '' ? path : `${path}?${query}`, body);
      await send('POST', '/_sandbox/reset', '');
    },
  });
}

async function assertAnswered(port: number, request: HttpRequest): Promise<void> {
  const reply = await converse({ port, bytes: writeRequest(request), finish: false });
  const answer = oneAnswer(reply, request.body);
  if (answer) assertSandboxAnswer(answer);
}
