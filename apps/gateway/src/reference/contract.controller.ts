import { publishedFiles } from '@fiscalkit/json-schema';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ServedFiles, sendFile } from './served-files.js';

/** Contract of the API for programs: its OpenAPI description and the JSON Schemas. */
@Controller()
export class ContractController {
  readonly #files = contractFiles();

  @Get('openapi.json')
  description(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    sendFile(this.#files.get('openapi.json'), { request, reply });
  }

  @Get('schemas/:dialect/:file')
  schema(
    @Param('dialect') dialect: string,
    @Param('file') file: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    sendFile(this.#files.get(`schemas/${dialect}/${file}`), { request, reply });
  }
}

const description = 'openapi.json';

function typeOf(name: string): string | null {
  if (name === description) return 'application/json; charset=utf-8';
  return name.startsWith('schemas/') ? 'application/schema+json; charset=utf-8' : null;
}

/** Returns the published description of the API and the schemas, by their path. */
function contractFiles(): ServedFiles {
  return new ServedFiles(
    () =>
      new Map(
        [...publishedFiles()].flatMap(([name, path]) => {
          const contentType = typeOf(name);
          return contentType === null ? [] : [[name, { path, contentType }]];
        }),
      ),
  );
}
