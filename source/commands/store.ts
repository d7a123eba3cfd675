import {resolve} from 'node:path';
import process from 'node:process';
import {UsageError, UserError} from '../errors.js';
import {storeActions} from '../flags/verbs.js';
import {count, plural} from '../metrics/number-words.js';
import {jsonText} from '../output/json/json.js';
import {storesJson} from '../output/json/stores.js';
import {storesText} from '../output/text/stores.js';
import type {Options} from '../session/options.js';
import {realPathOf} from '../sources/real-path.js';
import {checkStore} from '../store/sqlite/file/check.js';
import {
	forgetAll,
	forgetBefore,
	forgetLog,
	listStores,
	rebuild,
	type StoreSummary,
	vacuum,
} from '../store/sqlite/file/upkeep.js';
import {StoreError} from '../store/store.js';
import {dataFolder} from '../system/data-folder.js';
import {sanitize} from '../text/sanitize.js';
import {print} from './print.js';

type Action = (stores: readonly StoreSummary[], sources: readonly string[], options: Options) => Promise<number>;

/** `hitrate store`: lists the stores on disk, and maintains them. */
export const store = async (options: Options): Promise<number> => {
	const [word, ...sources] = options.sources;
	const folder = dataFolder();
	const stores = listStores(folder);
	if (word === undefined) {
		const {json, zone} = options;
		await print(json ? jsonText(storesJson(folder, stores)) : storesText(folder, stores, zone));
		return 0;
	}
	const action = Object.hasOwn(actions, word) ? actions[word as keyof typeof actions] : undefined;
	if (!action) {
		throw new UsageError(`store: unknown action "${word}". Choose from ${storeActions.join(', ')}.`);
	}
	try {
		return await action(stores, sources, options);
	} catch (error) {
		throw error instanceof StoreError ? new UserError(error.message, 3, {cause: error}) : error;
	}
};

const say = (text: string): void => {
	process.stdout.write(`${sanitize(text)}\n`);
};

/** The stores with a source or log of these names; all stores if none is named. */
const chosen = (stores: readonly StoreSummary[], sources: readonly string[]): readonly StoreSummary[] => {
	const paths = new Set(sources.flatMap(source => [source, resolve(source), realPathOf(resolve(source))]));
	const found = stores.filter(
		({sources: own, logs}) =>
			sources.length === 0 || own.some(source => paths.has(source)) || logs.some(({id}) => paths.has(id)),
	);
	if (found.length === 0 && sources.length > 0) {
		throw new UsageError(`The store holds nothing of ${sources.join(', ')}. hitrate store lists what it holds.`);
	}
	return found;
};

const nameOf = ({sources, readAs, path}: StoreSummary): string =>
	sources.length > 0 ? `${sources.join(', ')}${readAs === '' ? '' : ` (${readAs})`}` : path;

const actions = {
	/** Frees unused disk space. */
	vacuum: async (stores, sources) => {
		for (const found of chosen(stores, sources)) {
			const {before, after} = vacuum(found.path);
			say(
				`${nameOf(found)}: ${after < before ? `${count(before)} bytes before, ${count(after)} now` : `${count(after)} bytes, nothing to give back`}`,
			);
		}
		return 0;
	},
	/** Checks the integrity of each store; exit code 1 if one is damaged. */
	check: async (stores, sources) => {
		let wrong = 0;
		for (const found of chosen(stores, sources)) {
			const problems = found.problem === undefined ? checkStore(found.path) : [found.problem];
			wrong += problems.length;
			say(`${nameOf(found)}: ${problems.length === 0 ? 'sound' : 'not sound'}`);
			for (const problem of problems) {
				say(`  ${problem}`);
			}
		}
		if (wrong > 0) {
			say('hitrate store rebuild counts anew what follows from the requests; a damaged file is to be deleted.');
		}
		return wrong > 0 ? 1 : 0;
	},
	/** Recomputes losses and sums from the stored requests. */
	rebuild: async (stores, sources) => {
		for (const found of chosen(stores, sources)) {
			rebuild(found.path);
			say(`${nameOf(found)}: counted anew`);
		}
		return 0;
	},
	/** Deletes a source, or everything before a time. */
	forget: async (stores, sources, {window}) => {
		const until = window?.kind === 'between' ? window.to : undefined;
		if (window && (until === undefined || (window.kind === 'between' && window.from !== undefined))) {
			throw new UsageError('store forget accepts only --until T: all requests before T are forgotten.');
		}
		if (until === undefined && sources.length === 0) {
			throw new UsageError('store forget: name a source, or say --until T.');
		}
		for (const found of chosen(stores, sources)) {
			say(until === undefined ? forgetSources(found, sources) : forgetUntil(found, until));
		}
		return 0;
	},
} satisfies Readonly<Record<(typeof storeActions)[number], Action>>;

const forgetUntil = (found: StoreSummary, until: number): string => {
	forgetBefore(found.path, until);
	return `${nameOf(found)}: forgot what was before ${new Date(until).toISOString()}`;
};

/** Deletes the named logs, or the whole store if nothing else is in it. */
const forgetSources = (found: StoreSummary, sources: readonly string[]): string => {
	const paths = new Set(sources.flatMap(source => [source, resolve(source), realPathOf(resolve(source))]));
	if (found.sources.every(source => paths.has(source))) {
		const untold = forgetAll(found.path);
		return `${nameOf(found)}: forgot all ${plural(found.requests, 'request')}${untold > 0 ? '; the fleet forgets them with the next hitrate ship' : ''}`;
	}
	const logs = found.logs.filter(
		({id}) => paths.has(id) || [...paths].some(path => found.sources.includes(path) && id.startsWith(`${path}/`)),
	);
	for (const {id} of logs) {
		forgetLog(found.path, id);
	}
	return `${nameOf(found)}: forgot ${logs.map(({id, requests}) => `${id} (${plural(requests, 'request')})`).join(', ') || 'nothing'}`;
};
