import fc, { type Arbitrary } from 'fast-check';
import { Dispatcher } from 'undici';
import { hostileValue } from './hostile-values.js';
import { mutatedDocument } from './mutated-document.js';
import { mutatedText } from './mutated-text.js';

/** Outcome of a call to a provider on the wire. */
export type WireOutcome =
  | { readonly kind: 'refused' }
  | { readonly kind: 'reset' }
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    };

const status = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(200, 200, 200, 201, 400, 422) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(204, 301, 401, 403, 404, 405, 409, 413, 415, 429, 500, 502, 503, 504),
  },
  { weight: 1, arbitrary: fc.integer({ min: 200, max: 599 }) },
);

const retryAfter = fc.oneof(
  mutatedText(['120', 'Sun, 01 Mar 2026 10:01:30 GMT']).filter((text) => /^[\x20-\x7e]*$/.test(text)),
  fc.nat().map(String),
);

const headers = fc
  .option(retryAfter, { nil: undefined, freq: 3 })
  .map((value): Record<string, string> => (value === undefined ? {} : { 'retry-after': value }));

/** Answers of a provider, derived from valid ones: other values, other shapes, truncated and broken JSON. */
export function providerOutcome(soundAnswers: readonly unknown[]): Arbitrary<WireOutcome> {
  const document = mutatedDocument(soundAnswers).map((answer) => JSON.stringify(answer) ?? '');
  const body = fc.oneof(
    { weight: 8, arbitrary: document },
    { weight: 1, arbitrary: mutatedText(soundAnswers.map((answer) => JSON.stringify(answer))) },
    { weight: 1, arbitrary: hostileValue.map((value) => JSON.stringify(value)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', '<html>502</html>', '['.repeat(10_000), '{"data":'.repeat(2_000)),
    },
  );
  return fc.oneof(
    { weight: 20, arbitrary: fc.record({ kind: fc.constant('answered' as const), status, headers, body }) },
    fc.constantFrom<WireOutcome>({ kind: 'refused' }, { kind: 'reset' }),
  );
}

const controller: Dispatcher.DispatchController = {
  aborted: false,
  paused: false,
  reason: null,
  rawHeaders: null,
  rawTrailers: null,
  pause() {},
  resume() {},
  abort() {},
};

/** Transport that takes the place of a provider's connections, and answers every request with one outcome. */
export class ScriptedDispatcher extends Dispatcher {
  outcome: WireOutcome = { kind: 'refused' };

  override dispatch(_request: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const { outcome } = this;
    if (outcome.kind === 'refused') {
      handler.onResponseError?.(controller, new Error('refused'));
      return true;
    }
    handler.onRequestStart?.(controller, {});
    if (outcome.kind !== 'answered') {
      handler.onResponseError?.(controller, new Error('reset'));
      return true;
    }
    handler.onResponseStart?.(controller, outcome.status, outcome.headers, '');
    handler.onResponseData?.(controller, Buffer.from(outcome.body));
    handler.onResponseEnd?.(controller, {});
    return true;
  }
}
