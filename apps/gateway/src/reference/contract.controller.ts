import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { contractFiles } from './contract-files.js';
import { sendFile } from './send-file.js';

/** The contract of the API, for programs: its OpenAPI description and the JSON Schemas. */
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
