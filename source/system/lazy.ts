import {bundled} from './bundled.js';
import {fromHere} from './from-here.js';

/** Files of packages that the build places next to the bundle, by package (`.scripts/build.js`). */
const beside = JSON.parse(process.env.PACKAGES_BESIDE ?? '{}') as Readonly<Record<string, string>>;

/**
 * Loads a package on first use. Most runs need none of the large packages, and loading them takes longer than reading a
 * small log. Such packages are not part of the bundle, except for those that most reports need (`bundled.ts`).
 */
export const lazy = <Module>(name: string): (() => Module) => {
	let loaded: Module | undefined;
	return () => {
		loaded ??= (bundled[name]?.() ?? fromHere(name in beside ? `./${beside[name]}.js` : name)) as Module;
		return loaded;
	};
};
