import { Controller, Get, HttpException, Inject, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Configuration } from '../configuration/configuration.js';
import { demoAccess } from '../configuration/demo.js';
import { longestParameter } from '../http/create-server.js';
import { CONFIGURATION } from '../tokens.js';
import { pageFiles } from './page-files.js';
import { referencePage } from './reference-page.js';
import { sendFile } from './send-file.js';
import type { ServedFile } from './served-file.js';

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
