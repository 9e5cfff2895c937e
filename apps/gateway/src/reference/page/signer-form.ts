import type { Signer } from './detached-signature.js';
import { signerOf, signerText } from './sign-request.js';

/** Parts of React and of an immutable map that the form uses. */
interface Library {
  createElement(type: unknown, properties: object | null, ...children: unknown[]): unknown;
  useState<State>(initial: State): readonly [State, (state: State) => void];
}

interface ImmutableMap {
  get(name: string): unknown;
  getIn(path: readonly string[]): unknown;
}

/** Properties that Swagger UI passes to the form of a security scheme. */
interface FormProperties {
  readonly name: string;
  readonly schema: ImmutableMap;
  readonly authorized?: ImmutableMap;
  readonly getComponent: (name: string) => unknown;
  readonly onChange: (entered: { name: string; schema: ImmutableMap; value: string }) => void;
}

interface ChangeEvent {
  readonly target: { readonly value: string };
}

type Fields = Pick<FormProperties, 'name' | 'schema' | 'onChange'>;

/** Creates the fields for a merchant's credentials. They are cleared when they leave the screen. */
function createSignerFields({ createElement, useState }: Library) {
  return function SignerFields({ name, schema, onChange }: Fields) {
    const [signer, setSigner] = useState<Signer>({ merchantId: '', secretKey: '' });
    const field = (part: keyof Signer, label: string, type: string) => {
      const change = ({ target }: ChangeEvent) => {
        const changed = { ...signer, [part]: target.value };
        setSigner(changed);
        onChange({ name, schema, value: signerText(changed) });
      };
      const input = createElement('input', { type, name: part, autoComplete: 'off', onChange: change });
      return createElement('label', null, label, input);
    };
    return createElement(
      'div',
      null,
      field('merchantId', 'Merchant id', 'text'),
      field('secretKey', 'Secret key', 'password'),
    );
  };
}

/** Creates the form of the signature, which replaces the one field that Swagger UI has for a header. */
export function createSignerForm(library: Library) {
  const { createElement } = library;
  const SignerFields = createSignerFields(library);
  return function SignerForm({ name, schema, authorized, getComponent, onChange }: FormProperties) {
    const signer = signerOf(authorized?.getIn([name, 'value']));
    return createElement(
      'div',
      { className: 'signer' },
      createElement('h4', null, createElement('code', null, name)),
      signer
        ? createElement('p', null, `Signs as merchant ${signer.merchantId}.`)
        : createElement(SignerFields, { name, schema, onChange }),
      createElement(
        'p',
        null,
        'The page signs each request by itself. What is entered stays in it, until it is closed.',
      ),
      createElement(getComponent('Markdown'), { source: schema.get('description') }),
    );
  };
}
