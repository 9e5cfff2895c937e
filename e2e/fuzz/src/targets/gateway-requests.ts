import assert from 'node:assert/strict';
import { sealed } from '../harness/target.js';
import { converse, oneAnswer } from '../http/conversation.js';
import { proven, writeRequest } from '../http/http-request.js';
import { fuzzedRequest, knownId } from '../inputs/fuzzed-request.js';
import { assertGatewayAnswer } from '../oracles/gateway-answers.js';

const openToAll = /^\/(health\/|metrics|openapi|schemas|docs)/;
const wrapped = /^\/(v\d|admin)\//;

/** Target: every route of the gateway gives one whole answer, a merchant's data only with credentials. */
export function gatewayRequests(name: string, port: number) {
  let receiptId = 'adec9d48-be2a-4bf4-8ca1-3432fd8920c5';
  return sealed({
    name,
    share: 6,
    input: fuzzedRequest,
    async check(fuzzed) {
      const request = { ...fuzzed, path: fuzzed.path.replace(knownId, receiptId) };
      const { body, ...head } = proven(request);
      const bytes = writeRequest({ ...head, body });
      const answer = oneAnswer(await converse({ port, bytes, finish: false }), body);
      if (!answer) return;
      assertGatewayAnswer(answer);
      receiptId = /"receipt_id":"([\da-f-]{36})"/.exec(answer.body)?.[1] ?? receiptId;
      const { method, path, proof } = request;
      const isGiven = answer.status < 300 && !/"is_success":false/.test(answer.body);
      if (proof !== 'genuine' && method !== 'HEAD' && !openToAll.test(path)) {
        assert.ok(!isGiven, `${answer.status} without a proof: ${answer.body.slice(0, 200)}`);
      }
      if (answer.status === 200 && wrapped.test(path) && method !== 'HEAD') {
        assert.match(answer.body, /^\{"data":/, 'an answer without data');
      }
      if (proof === 'genuine') assert.notEqual(answer.status, 401, answer.body);
    },
  });
}
