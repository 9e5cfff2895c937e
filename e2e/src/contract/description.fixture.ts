/** The parts of an OpenAPI 3.1 description that the tests read. */
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: {
    readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
    readonly headers: Readonly<Record<string, HeaderObject>>;
    readonly parameters: Readonly<Record<string, ParameterObject>>;
  };
}

interface Reference {
  readonly $ref: string;
}

export interface HeaderObject {
  readonly schema: { readonly type?: string };
}

interface ParameterObject {
  readonly name: string;
  readonly in: string;
  readonly example?: string;
}

interface MediaObject {
  readonly schema: object;
  readonly examples?: Readonly<Record<string, Reference>>;
}

export interface AnswerObject {
  readonly headers?: Readonly<Record<string, Reference>>;
  readonly content?: Readonly<Record<string, MediaObject>>;
}

interface OperationObject {
  readonly operationId: string;
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly (ParameterObject | Reference)[];
  readonly requestBody?: { readonly content: Readonly<Record<string, MediaObject>> };
  readonly responses: Readonly<Record<string, AnswerObject>>;
}

/** One operation, with what it takes to call it. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  /** Examples of the parameters in the path. */
  readonly pathExamples: Readonly<Record<string, string>>;
  /** Name of the security scheme; `null` where nobody needs to prove anything. */
  readonly scheme: string | null;
  /** Examples of the body; none where there is no body. */
  readonly bodies: readonly unknown[];
  readonly answers: Readonly<Record<string, AnswerObject>>;
}

function nameIn({ $ref }: Reference): string {
  return $ref.slice($ref.lastIndexOf('/') + 1);
}

/** Reads the operations out of a description. */
export function operationsOf({ paths, components }: Description): Operation[] {
  const bodyExamples = ({ requestBody }: OperationObject) =>
    Object.values(requestBody?.content['application/json']?.examples ?? {}).map(
      (reference) => components.examples[nameIn(reference)]?.value,
    );
  const pathExamples = ({ parameters = [] }: OperationObject) => {
    const resolved = parameters.map((parameter) =>
      '$ref' in parameter ? components.parameters[nameIn(parameter)] : parameter,
    );
    return Object.fromEntries(
      resolved.flatMap((parameter) =>
        parameter?.in === 'path' ? [[parameter.name, parameter.example ?? '']] : [],
      ),
    );
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      id: operation.operationId,
      method: method.toUpperCase(),
      path,
      pathExamples: pathExamples(operation),
      scheme: Object.keys(operation.security[0] ?? {})[0] ?? null,
      bodies: bodyExamples(operation),
      answers: operation.responses,
    })),
  );
}

/** The header that a reference leads to. */
export function headerOf(description: Description, reference: Reference): HeaderObject | undefined {
  return description.components.headers[nameIn(reference)];
}
