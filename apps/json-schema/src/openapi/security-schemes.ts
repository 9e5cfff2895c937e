/** How callers prove who they are. */
export const securitySchemes = {
  signature: {
    type: 'apiKey',
    in: 'header',
    name: 'X-JWS-Signature',
    description: [
      'A JWS in compact form with its payload taken out: `<header>..<signature>` (RFC 7515, appendix F), HS512 with the',
      "merchant's secret key as UTF-8 text.",
      '',
      'The header is `{"uri": path without query, "merchant_id": id, "method": HTTP method, "params": "", "alg": "HS512"}`, encoded',
      'as base64url without padding. The signature is HMAC-SHA512 over `<encoded header>.<encoded payload>`, where the payload is the',
      'exact bytes of the body, and empty for a GET.',
      '',
      'Where the merchant has a replay window, the header also carries `iat` (seconds since 1970) and a `request_id` that is used once.',
    ].join('\n'),
  },
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    description: "The merchant's API key in `Authorization: Bearer`.",
  },
  administratorKey: {
    type: 'http',
    scheme: 'bearer',
    description: "An administrator's key in `Authorization: Bearer`. Merchants' keys open nothing here.",
  },
} as const;
