/**
 * Packages inside the bundle that are loaded on first use, by name: their compiled code is cached with the rest. The
 * build replaces this module (`.scripts/build.js`).
 */
export const bundled: Readonly<Record<string, () => unknown>> = {};
