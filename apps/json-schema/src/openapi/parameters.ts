/** Describes a part of a route's path that is a text of any form. */
export function pathParameter(name: string, description: string, example: string) {
  return { name, in: 'path', required: true, description, schema: { type: 'string' }, example };
}

/** The parameters that more than one route has. */
export const parameters = {
  'X-Request-Id': {
    name: 'X-Request-Id',
    in: 'header',
    description: 'Id of the request for the logs of both sides; a value in another form is replaced.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9_.:-]{1,128}$' },
    example: 'order-17',
  },
  'Idempotency-Key': {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Names the document: the same key with the same content is answered with the stored outcome, with other content it is a conflict. 1–255 printable ASCII characters, once. Without one, a key is derived from merchant, payment, operation and content.',
    schema: { type: 'string', pattern: '^[ -~]{1,255}$' },
    example: 'order-17-sale',
  },
  'Fiscalkit-Twin': {
    name: 'Fiscalkit-Twin',
    in: 'header',
    description:
      'Says that a second receipt with the content of another is meant, for the same payment under a key of its own. Without it, such a twin is refused.',
    schema: { type: 'string', enum: ['meant'] },
    example: 'meant',
  },
  wait: {
    name: 'wait',
    in: 'query',
    description: "How long to wait for the final state, in milliseconds; at most the gateway's limit counts.",
    schema: { type: 'string', pattern: '^[0-9]{1,9}$' },
    example: '5000',
  },
  utc: {
    name: 'utc',
    in: 'query',
    description: 'Zone of the printed creation time, in hours ahead of UTC; -12 to 14.',
    schema: { type: 'string', pattern: '^[+-]?[0-9]{1,2}$' },
    example: '3',
  },
  'If-None-Match': {
    name: 'If-None-Match',
    in: 'header',
    description: 'ETag of the file that the caller has.',
    schema: { type: 'string' },
    example: '"BcZx_CydH7cl7aOzyTiM_OlkdbyfoQ8RMzl4eTw9hl8"',
  },
  receipt_id: {
    name: 'receipt_id',
    in: 'path',
    required: true,
    description: 'Id of the receipt; UUID.',
    schema: { type: 'string' },
    example: 'adec9d48-be2a-4bf4-8ca1-3432fd8920c5',
  },
  entry_id: {
    name: 'entry_id',
    in: 'path',
    required: true,
    description: 'Id of the entry; UUID.',
    schema: { type: 'string' },
    example: 'adec9d48-be2a-4bf4-8ca1-3432fd8920c5',
  },
} as const;
