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

/** The contract of the API, for people: a page to read it and to try it out. */
@Controller('docs')
export class ReferenceController {
  readonly #files = pageFiles();
  readonly #page: ServedFile;
  /** The same for who writes a slash behind its address: links lead from another place. */
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

  /** A file of the page, or the page itself: what stands behind the slash may be nothing. */
  @Get('*')
  part(@Param('*') file: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    // The router bounds a parameter, but not what a wildcard stands for.
    if (file.length > longestParameter) throw new HttpException('', 414);
    sendFile(file === '' ? this.#pageBelow : this.#files.get(file), { request, reply });
  }
}

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

/** Where the build puts the page's scripts, styles and pictures. */
const folderOfPage = () => join(dirname(findPackageJSON('.', import.meta.url) ?? '.'), 'dist/reference/page');

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
};

/** What the page is made of, by file name. What is not for browsers stays out. */
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
