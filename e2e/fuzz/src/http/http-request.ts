/** A request before it is written. */
export interface HttpRequest {
  readonly method: string;
  /** With its query. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** Writes a request as bytes, on a connection that ends with its answer. */
export function writeRequest({ method, target, headers, body }: HttpRequest): Uint8Array {
  const own: readonly (readonly [string, string])[] = [
    ['Host', '127.0.0.1'],
    ['Connection', 'close'],
    ...(body.length > 0 ? [['Content-Length', String(body.length)] as const] : []),
  ];
  const lines = [...own, ...headers].map(([name, value]) => `${name}: ${value}`);
  const head = Buffer.from(`${[`${method} ${target} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`);
  return Buffer.concat([head, body]);
}
