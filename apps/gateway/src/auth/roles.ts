import { FiscalError } from '@fiscalkit/schemas';
import { Reflector } from '@nestjs/core';

/** Roles of administrators; each includes those before it. */
export const roles = ['read', 'operate', 'admin'] as const;

/**
 * Role of an administrator. `read` sees entries without anything that may quote a buyer, `operate` acts on them,
 * `admin` decides about all entries of an account at once.
 */
export type Role = (typeof roles)[number];

/** Says which role a route for administrators needs; one that says nothing needs the highest. */
export const Needs = Reflector.createDecorator<Role>();

/** Administrator, as far as it matters for what a key opens. */
interface Permitted {
  readonly name: string;
  readonly role: Role;
  /** `null` for all. */
  readonly merchants: readonly string[] | null;
}

/** What an administrator may see and do. */
export class AdministratorAccess {
  readonly name: string;
  readonly role: Role;
  readonly #merchants: readonly string[] | null;

  constructor({ name, role, merchants }: Permitted) {
    this.name = name;
    this.role = role;
    this.#merchants = merchants;
  }

  has(role: Role): boolean {
    return roles.indexOf(this.role) >= roles.indexOf(role);
  }

  isFor(merchant: string): boolean {
    return this.#merchants?.includes(merchant) ?? true;
  }

  /** Returns the error for what needs a higher role; `null` where the administrator has it. */
  refusalOf(role: Role): FiscalError | null {
    if (this.has(role)) return null;
    return new FiscalError({
      code: 'access.role',
      message: `This needs the role ${role}; the administrator of this key has the role ${this.role}.`,
      retryable: false,
    });
  }

  /**
   * Returns the merchants to read, of those that were asked for, or of all; `undefined` for no bound. Throws
   * `access.merchant` where the administrator is not for one that was asked for, whether or not it is there.
   */
  merchantsOf(asked: readonly string[] | undefined): readonly string[] | undefined {
    if (asked?.every((merchant) => this.isFor(merchant)) ?? true)
      return asked ?? this.#merchants ?? undefined;
    throw new FiscalError({
      code: 'access.merchant',
      message: 'The administrator of this key is for other merchants.',
      retryable: false,
    });
  }
}
