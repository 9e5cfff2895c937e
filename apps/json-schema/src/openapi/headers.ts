/** Headers of answers. */
export const headers = {
  'X-Request-Id': {
    description: "Id of the request: the caller's own if it sent one, else a new UUID.",
    schema: { type: 'string', minLength: 1, maxLength: 128 },
    example: '7c0f5b0e-6f0c-4a51-9f0e-0d3a3a4d8f35',
  },
  'Idempotency-Replayed': {
    description: 'true when the same document was handed in before: this is the stored outcome.',
    schema: { type: 'string', enum: ['true'] },
    example: 'true',
  },
  'Fiscalkit-Warnings': {
    description:
      'Codes of what is doubtful in the document, separated by a comma and a blank; absent when nothing is.',
    schema: { type: 'string' },
    example: 'receipt.vat.out-of-dates',
  },
  'Retry-After': {
    description: 'Seconds to wait before the same request; sent when it may succeed then.',
    schema: { type: 'integer', minimum: 0 },
    example: 1,
  },
  ETag: {
    description: 'Tag of the file: changes when the file does.',
    schema: { type: 'string', pattern: '^"[\\x21\\x23-\\x7e]+"$' },
    example: '"BcZx_CydH7cl7aOzyTiM_OlkdbyfoQ8RMzl4eTw9hl8"',
  },
  'Cache-Control': {
    description: 'The file may be kept; ask with If-None-Match whether it is still right.',
    schema: { type: 'string', enum: ['no-cache'] },
    example: 'no-cache',
  },
} as const;
