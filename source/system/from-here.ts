import process from 'node:process';

/** Of the bundle (`.scripts/build.js`): the `require` of the file that is run, which Node has made already. */
declare const bundleRequire: NodeJS.Require | undefined;

/** Loads modules of CommonJS as a file of this folder does; in the bundle, as a file of its folder. */
export const fromHere: NodeJS.Require =
	typeof bundleRequire === 'undefined'
		? process.getBuiltinModule('node:module').createRequire(import.meta.url)
		: bundleRequire;
