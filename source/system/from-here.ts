import process from 'node:process';

/** In the bundle (`.scripts/build.js`), the `require` of the running file. */
declare const bundleRequire: NodeJS.Require | undefined;

/** Loads CommonJS modules relative to this folder; in the bundle, relative to the bundle. */
export const fromHere: NodeJS.Require =
	typeof bundleRequire === 'undefined'
		? process.getBuiltinModule('node:module').createRequire(import.meta.url)
		: bundleRequire;
