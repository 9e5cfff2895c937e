import fc, { type Arbitrary } from 'fast-check';
import { mutatedText } from './mutated-text.js';
import { onOneLine } from './on-one-line.js';

type Header = readonly [name: string, value: string];

const names = [
  'Idempotency-Key',
  'X-Request-Id',
  'Accept',
  'Accept-Encoding',
  'Content-Encoding',
  'Cookie',
  'Range',
  'X-Forwarded-For',
  'X-HTTP-Method-Override',
  'If-None-Match',
  'Origin',
  'Accept-Version',
];

const sound = [
  'application/json',
  'order-17',
  'gzip, br',
  '100-continue',
  'chunked',
  '127.0.0.1',
  'text/html',
];

const value = fc.oneof(mutatedText(sound), fc.string({ unit: 'binary', maxLength: 20 })).map(onOneLine);

const contentType = fc.oneof(
  { weight: 8, arbitrary: fc.constant('application/json') },
  fc.constantFrom('application/json; charset=utf-8', 'text/plain', 'application/x-www-form-urlencoded'),
  mutatedText(['application/json; charset=utf-8', 'multipart/form-data; boundary=x']).map(onOneLine),
);

/** The type of the body, mostly the right one, and up to three headers that somebody might read. */
export const fuzzedHeaders: Arbitrary<readonly Header[]> = fc
  .tuple(contentType, fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 3 }))
  .map(([type, others]): readonly Header[] => [['Content-Type', type], ...others]);
