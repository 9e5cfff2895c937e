import type { DemoAccess } from '../configuration/demo.js';
import { type ServedFile, servedFile } from './served-file.js';

/** The page talks to the gateway that served it and to nobody else; nothing on it runs but its own files. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

function demoNote({ merchantId, secretKey, apiKey, adminKey }: DemoAccess): string {
  return `
    <aside class="demo">
      <h2>This is the demo</h2>
      <p>Press <b>Authorize</b> and enter its values, which everybody knows; then open a route and press <b>Try it out</b>.</p>
      <dl>
        <dt>signature</dt>
        <dd>merchant id <code>${merchantId}</code>, secret key <code>${secretKey}</code></dd>
        <dt>apiKey</dt>
        <dd><code>${apiKey}</code></dd>
        <dt>administratorKey</dt>
        <dd><code>${adminKey}</code></dd>
      </dl>
    </aside>`;
}

/**
 * The page itself; `demo` holds what its readers may use, where they are in the demo. Its addresses begin with `base`, which
 * leads from the page's own address to the gateway's: a proxy may serve both below a prefix.
 */
export function referencePage(demo: DemoAccess | null, base: '' | '../' = ''): ServedFile {
  const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>fiscalkit gateway</title>
    <link rel="icon" type="image/png" href="${base}docs/favicon-32x32.png">
    <link rel="stylesheet" href="${base}docs/swagger-ui.css">
    <link rel="stylesheet" href="${base}docs/page.css">
    <script src="${base}docs/swagger-ui-bundle.js" defer></script>
    <script src="${base}docs/main.js" type="module"></script>
  </head>
  <body>${demo ? demoNote(demo) : ''}
    <div id="reference"></div>
    <noscript><p>This page needs scripts. The same is in <a href="${base}openapi.json">openapi.json</a>.</p></noscript>
  </body>
</html>
`;
  return servedFile(Buffer.from(html), 'text/html; charset=utf-8', {
    'Content-Security-Policy': contentSecurityPolicy,
    'Referrer-Policy': 'no-referrer',
  });
}
