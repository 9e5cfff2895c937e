import { connect, type Socket } from 'node:net';
import type { Answer } from './call.fixture.js';

function read(text: string): Answer {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const [status = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line) => {
    const end = line.indexOf(':');
    return [line.slice(0, end).toLowerCase(), line.slice(end + 1).trim()];
  });
  return { status: Number(status.split(' ')[1]), headers: Object.fromEntries(headers), text: body };
}

async function allOf(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function open(url: string, lines: readonly string[]): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(lines.map((line) => `${line}\r\n`).join(''));
  return socket;
}

/** Sends the beginning of a head, and answers what the server says to that. */
export async function callWithoutEnd(url: string, method: string, path: string): Promise<Answer> {
  return read(await allOf(open(url, [`${method} ${path} HTTP/1.1`, 'Host: gateway'])));
}
