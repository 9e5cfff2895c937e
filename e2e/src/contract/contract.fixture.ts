import type { AnySchemaObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Answer } from './call.fixture.js';
import {
  type AnswerObject,
  type Description,
  headerOf,
  type Operation,
  operationsOf,
} from './description.fixture.js';

/** Headers of HTTP itself and for browsers, that descriptions leave out. */
const ofHttp = new Set([
  'connection',
  'content-length',
  'content-security-policy',
  'content-type',
  'date',
  'keep-alive',
  'referrer-policy',
  'x-content-type-options',
]);

interface ErrorPart {
  readonly code?: unknown;
  readonly retryable?: unknown;
}

/** Holds answers against a description, and remembers which of those that it promises have occurred. */
export class Contract {
  readonly operations: readonly Operation[];
  readonly #description: Description;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #reached = new Set<string>();

  constructor(description: Description) {
    this.#description = description;
    this.operations = operationsOf(description);
    this.#ajv.addSchema({ $id: 'openapi', ...description } as AnySchemaObject);
  }

  /** All that is wrong with an answer; none when it is as described. */
  check(operation: Operation, answer: Answer): string[] {
    const status = String(answer.status);
    const key = status in operation.answers ? status : 'default';
    const described = operation.answers[key];
    if (!described) return this.#report(operation, answer, ['the status is not described']);
    this.#reached.add(`${operation.id} ${key}`);
    return this.#report(operation, answer, [
      ...this.#headerFlaws(described, answer),
      ...this.#bodyFlaws(described, answer),
    ]);
  }

  /** The answers that are described and have not occurred: operation and status. */
  unreached(): string[] {
    return this.operations
      .flatMap(({ id, answers }) => Object.keys(answers).map((status) => `${id} ${status}`))
      .filter((name) => !this.#reached.has(name));
  }

  #report({ id }: Operation, { status, text }: Answer, flaws: readonly string[]): string[] {
    return flaws.map((flaw) => `${id} ${status}: ${flaw} (${text.slice(0, 200)})`);
  }

  #headerFlaws({ headers = {} }: AnswerObject, answer: Answer): string[] {
    const described = new Map(Object.entries(headers).map(([name, at]) => [name.toLowerCase(), at]));
    return Object.entries(answer.headers).flatMap(([name, value]) => {
      if (ofHttp.has(name)) return [];
      const reference = described.get(name);
      const header = reference && headerOf(this.#description, reference);
      if (!header) return [`the header ${name} is not described`];
      const read = header.schema.type === 'integer' ? Number(value) : value;
      return this.#schemaFlaws(header.schema, read).map((flaw) => `${name}: ${flaw}`);
    });
  }

  #bodyFlaws({ content }: AnswerObject, { headers, text }: Answer): string[] {
    if (!content) return text === '' ? [] : ['there is a body'];
    const type = String(headers['content-type']).split(';')[0] ?? '';
    const media = content[type];
    if (!media) return [`the content type ${type} is not described`];
    const body = type.endsWith('json') ? JSON.parse(text) : text;
    return [
      ...this.#schemaFlaws(media.schema, body),
      ...codeFlaws(Object.keys(media.examples ?? {}), errorIn(body)),
      ...retryFlaws(headers, errorIn(body)),
    ];
  }

  #schemaFlaws(schema: object, value: unknown): string[] {
    const valid = this.#ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/')));
    return valid(value) ? [] : [this.#ajv.errorsText(valid.errors)];
  }
}

/** What a body says of an error, in the envelope of either provider. */
function errorIn(body: unknown): ErrorPart {
  const { error } = Object(body);
  return Object(error?.data ?? error);
}

/** The description shows an example of every code that an answer may have. */
function codeFlaws(shown: readonly string[], { code }: ErrorPart): string[] {
  const showsCodes = shown.some((name) => name.includes('.'));
  return typeof code !== 'string' || !showsCodes || shown.includes(code)
    ? []
    : [`the code ${code} is not shown`];
}

/** Who may come again is told when; only not whoever was too slow to be understood. */
function retryFlaws(headers: Answer['headers'], { code, retryable = false }: ErrorPart): string[] {
  const isAdvised = headers['retry-after'] !== undefined;
  return code === 'request.timeout' || isAdvised === retryable ? [] : ['Retry-After and retryable disagree'];
}
