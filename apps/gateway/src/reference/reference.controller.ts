import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Configuration } from '../configuration/configuration.js';
import { demoAccess } from '../configuration/demo.js';
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

  constructor(@Inject(CONFIGURATION) configuration: Configuration) {
    this.#page = referencePage(demoAccess(configuration));
  }

  @Get()
  page(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    sendFile(this.#page, { request, reply });
  }

  @Get(':file')
  part(@Param('file') file: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    sendFile(this.#files.get(file), { request, reply });
  }
}
