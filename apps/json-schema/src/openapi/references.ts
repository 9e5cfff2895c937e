/** Returns a reference to the schema of a public document. */
export function schemaRef(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}

/** Returns a reference to a parameter that more than one route has. */
export function parameterRef(name: string) {
  return { $ref: `#/components/parameters/${name}` };
}

/** Returns a reference to a header of answers. */
export function headerRef(name: string) {
  return { $ref: `#/components/headers/${name}` };
}

/** Returns a reference to an example: the code of an error, or the name of a document with a number. */
export function exampleRef(name: string) {
  return { $ref: `#/components/examples/${name}` };
}
