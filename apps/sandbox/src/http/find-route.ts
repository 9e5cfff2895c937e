import type { Route } from './route.js';

/** Where a request goes: a route with the path's id, or the methods that its path would take (none: no such path). */
export type RouteSearch =
  | { readonly found: true; readonly route: Route; readonly id: string | null }
  | { readonly found: false; readonly allowedMethods: readonly string[] };

/** Finds the route of a method and path. */
export function findRoute(routes: readonly Route[], method: string, path: string): RouteSearch {
  const allowedMethods: string[] = [];
  for (const route of routes) {
    const match = route.path.exec(path);
    if (match === null) continue;
    if (route.method === method) return { found: true, route, id: match[1] ?? null };
    allowedMethods.push(route.method);
  }
  return { found: false, allowedMethods };
}
