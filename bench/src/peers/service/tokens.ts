/** Of the settings of a service. */
export const SETTINGS = Symbol('settings');
