import fc from 'fast-check';
import { type AnyTarget, sealed } from '../harness/target.js';
import type { Answer } from '../http/answer.js';
import { converse } from '../http/conversation.js';
import { type HttpRequest, writeRequest } from '../http/http-request.js';
import { mutatedText } from '../inputs/mutated-text.js';
import { soundReceipts } from '../inputs/sound-documents.js';
import { assertGatewayAnswer, assertSandboxAnswer } from '../oracles/gateway-answers.js';
import type { Programs } from '../programs/programs.js';
import { signatureOf } from '../programs/shop.js';

const receipt = new TextEncoder().encode(JSON.stringify(soundReceipts[0]));

const creation: HttpRequest = {
  method: 'POST',
  target: '/v5/receipts',
  headers: [
    ['Content-Type', 'application/json'],
    ['X-JWS-Signature', signatureOf({ method: 'POST', target: '/v5/receipts', body: receipt })],
  ],
  body: receipt,
};

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const written = latin1(writeRequest(creation));
const keptAlive = written.replace('Connection: close\r\n', '');
const chunked = keptAlive.replace(/Content-Length: \d+/, 'Transfer-Encoding: chunked').split('\r\n\r\n')[0];
const size = receipt.length.toString(16);

const sound = [
  written,
  keptAlive,
  `${chunked}\r\n\r\n${size}\r\n${latin1(receipt)}\r\n0\r\n\r\n`,
  `${chunked}\r\n\r\n1;x=${'y'.repeat(100)}\r\n{\r\n0\r\nTrailer: 1\r\n\r\n`,
  'GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /health/live HTTP/1.0\r\n\r\n',
  'POST /payment/anor_confirm HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /v5/receipts HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  'POST /v5/receipts HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
];

const flood = fc
  .tuple(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 1, max: 200 }))
  .map(([count, length]) => {
    const lines = Array.from({ length: count }, (_, index) => `X-${index}: ${'y'.repeat(length)}\r\n`);
    return `GET /v5/receipts HTTP/1.1\r\nHost: x\r\n${lines.join('')}\r\n`;
  });

const text = fc.oneof(
  { weight: 8, arbitrary: mutatedText(sound) },
  {
    weight: 2,
    arbitrary: fc.array(mutatedText(sound), { minLength: 2, maxLength: 12 }).map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }).map(latin1) },
  { weight: 1, arbitrary: flood },
);

/** One caller in so many goes silent instead of ending its request. */
const silentOneIn = 1_000;

const maySilence = fc.record({ text, finish: fc.noBias(fc.nat(silentOneIn - 1)).map((lot) => lot > 0) });
// The sandbox waits for silent callers as long as Node does by default, which is minutes.
const finishing = fc.record({ text, finish: fc.constant(true) });

interface Server {
  readonly name: string;
  readonly port: number;
  readonly input: fc.Arbitrary<{ readonly text: string; readonly finish: boolean }>;
  assertAnswer(answer: Answer): void;
}

function bytesTo({ name, port, input, assertAnswer }: Server): AnyTarget {
  return sealed({
    name,
    input,
    share: 4,
    async check({ text: sent, finish }) {
      const { answers } = await converse({ port, bytes: Buffer.from(sent, 'latin1'), finish });
      for (const answer of answers) assertAnswer(answer);
    },
  });
}

/** Target: broken HTTP (pipelines, chunks, floods of headers, half a request) gets only whole answers. */
export function rawBytes({ gateway, sandbox }: Programs): readonly AnyTarget[] {
  return [
    bytesTo({
      name: 'gateway-bytes',
      port: gateway,
      input: maySilence,
      assertAnswer: assertGatewayAnswer,
    }),
    bytesTo({
      name: 'sandbox-bytes',
      port: sandbox,
      input: finishing,
      assertAnswer: assertSandboxAnswer,
    }),
  ];
}
