import { readdirSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { Controller, Get, HttpException, Inject, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Configuration } from '../configuration/configuration.js';
import { type DemoAccess, demoAccess } from '../configuration/demo.js';
import { longestParameter } from '../http/create-adapter.js';
import { CONFIGURATION } from '../tokens.js';
import { type ServedFile, ServedFiles, sendFile, servedFile } from './served-files.js';

/** Contract of the API for people: a page to read it and to try it out. */
@Controller('docs')
export class ReferenceController {
  readonly #files = pageFiles();
  readonly #page: ServedFile;
  /** The page with a slash behind its address: its links begin at another place. */
  readonly #pageBelow: ServedFile;

  constructor(@Inject(CONFIGURATION) configuration: Configuration) {
    const demo = demoAccess(configuration);
    this.#page = referencePage(demo);
    this.#pageBelow = referencePage(demo, '../');
  }

  @Get()
  page(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    sendFile(this.#page, { request, reply });
  }

  /** Returns a file of the page, or the page itself if nothing stands behind the slash. */
  @Get('*')
  part(@Param('*') file: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    // The router limits a parameter, but not a wildcard.
    if (file.length > longestParameter) throw new HttpException('', 414);
    sendFile(file === '' ? this.#pageBelow : this.#files.get(file), { request, reply });
  }
}

/** Policy of the page: it connects to the gateway that served it alone, and runs only its own files. */
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
 * Returns the page; `demo` holds the credentials that readers may use in the demo. Its links begin with
 * `base`, which leads from the page's own address to the gateway's: a proxy may serve both below a prefix.
 */
function referencePage(demo: DemoAccess | null, base: '' | '../' = ''): ServedFile {
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

/** Returns the folder into which the build puts the page's scripts, styles and pictures. */
const folderOfPage = () => join(dirname(findPackageJSON('.', import.meta.url) ?? '.'), 'dist/reference/page');

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
};

/** Returns the files of the page by name; only those for browsers. */
function pageFiles(): ServedFiles {
  return new ServedFiles(() => {
    const folder = folderOfPage();
    return new Map(
      readdirSync(folder).flatMap((name) => {
        const contentType = types[extname(name)];
        return contentType === undefined ? [] : [[name, { path: join(folder, name), contentType }]];
      }),
    );
  });
}
