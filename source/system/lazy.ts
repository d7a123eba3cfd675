import {fromHere} from './from-here.js';

/** Files of packages that the build puts beside the bundle, by the packages' names (`.scripts/build.js`). */
const beside = (process.env.PACKAGES_BESIDE ?? {}) as Readonly<Record<string, string>>;

/**
 * Loads a package when it is first needed: most runs need none of the large ones, and loading them takes longer than
 * reading a small log. They stay outside of the bundle.
 */
export const lazy = <Module>(name: string): (() => Module) => {
	let loaded: Module | undefined;
	return () => {
		loaded ??= fromHere(name in beside ? `./${beside[name]}.js` : name) as Module;
		return loaded;
	};
};
