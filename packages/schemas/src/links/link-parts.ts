import { errorOf } from '../rules/rules.js';

const link = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#\s]+)(\/[^?#\s]*)?(?:\?([^#\s]*))?$/;

/** A link taken apart as it is written: nothing decoded, nothing corrected. */
export interface LinkParts {
  readonly host: string;
  /** Without the leading slash. */
  readonly path: string;
  readonly query: string;
}

/** Takes an https link apart. Host includes user and port, so that comparing it with a plain host name refuses both. */
export function linkParts(text: string): LinkParts {
  const [matched, scheme = '', host = '', path = '', query = ''] = link.exec(text) ?? [];
  if (matched === undefined) throw errorOf('link.format');
  if (scheme.toLowerCase() !== 'https') throw errorOf('link.scheme');
  return { host: host.toLowerCase(), path: path.slice(1), query };
}
