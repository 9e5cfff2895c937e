const longestWaitMs = 24 * 60 * 60 * 1000;

/**
 * Parses a `Retry-After` header (RFC 9110 section 10.2.3), seconds or an HTTP date, into milliseconds from
 * `now`; at most a day. Returns `null` if it is missing or invalid.
 */
export function retryAfterMs(header: string | undefined, now: Date): number | null {
  if (header === undefined) {
    return null;
  }
  const text = header.trim();
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1000 : httpDate(text) - now.getTime();
  return Number.isNaN(waitMs) ? null : Math.min(Math.max(waitMs, 0), longestWaitMs);
}

function httpDate(text: string): number {
  return text.endsWith(' GMT') ? Date.parse(text) : Number.NaN;
}
