import { type Program, startProgram } from '../programs/start-program.js';

/** Starts the bare echo: the limit of what Nest and Fastify can take on this machine. */
export function startEcho(): Promise<Program> {
  return startProgram(import.meta.url, {});
}
