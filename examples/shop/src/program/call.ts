/** Sends a request to the shop and reads its JSON answer. Throws what the shop says is wrong. */
export async function call<Body>(url: string, document?: object): Promise<Body> {
  const sending = document && {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(document),
  };
  const response = await fetch(url, { ...sending, signal: AbortSignal.timeout(30_000) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}
