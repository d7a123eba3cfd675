import {createRequire} from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Loads a package when it is first needed: most runs need none of the large ones, and loading them takes longer than
 * reading a small log. They stay outside of the bundle.
 */
export const lazy = <Module>(name: string): (() => Module) => {
	let loaded: Module | undefined;
	return () => {
		loaded ??= require(name) as Module;
		return loaded;
	};
};
