import {createHash} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import * as v from 'valibot';
import {UserError} from '../errors.js';
import {dataFolder} from '../system/data-folder.js';
import {makeFolder} from '../system/make-folder.js';
import {writeWhole} from '../system/write-whole.js';
import {sanitize} from '../text/sanitize.js';
import {asOf, emptyScope, forget, isForgotten, type Scope} from './incidents.js';
import {locked} from './lock.js';

/** Path of the alert state, in the data folder. */
export const alertStatePath = (place?: Parameters<typeof dataFolder>[0]): string =>
	join(dataFolder(place), 'alerts.json');

const time = v.pipe(v.number(), v.finite());
/** In JSON, undefined and infinity are both null. */
const maybe = v.pipe(
	v.nullish(v.number()),
	v.transform(value => value ?? undefined),
);
const attempts = v.record(
	v.string(),
	v.object({
		state: v.picklist(['sending', 'waiting', 'sent', 'given-up']),
		tries: v.pipe(v.number(), v.integer(), v.minValue(0)),
		first: time,
		at: time,
	}),
);
const verdict = v.object({
	rule: v.string(),
	text: v.string(),
	state: v.picklist(['ok', 'failed', 'unknown']),
	value: maybe,
	limit: v.number(),
	cause: v.pipe(
		v.nullish(v.string()),
		v.transform(value => value ?? undefined),
	),
});
const incident = v.object({
	id: v.string(),
	rule: v.string(),
	since: time,
	due: time,
	seen: time,
	good: v.number(),
	verdict,
	recovered: maybe,
	failure: attempts,
	recovery: attempts,
});
const file = v.object({
	version: v.literal(1),
	scopes: v.record(v.string(), v.object({seen: time, told: v.record(v.string(), time), incidents: v.array(incident)})),
});

type Scopes = Readonly<Record<string, Scope>>;

/** A missing or damaged file must not silence alerts: the state starts over. */
const read = async (path: string): Promise<Scopes> => {
	let text: string;
	try {
		text = await readFile(path, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return {};
		}
		throw new UserError(
			`Alerts are not sent: ${sanitize(path)} cannot be read (${(error as NodeJS.ErrnoException).code}).`,
			2,
		);
	}
	try {
		const {scopes} = v.parse(file, JSON.parse(text)) as {scopes: Scopes};
		return scopes;
	} catch {
		return {};
	}
};

const keyOf = (scope: string): string => createHash('sha256').update(scope).digest('hex').slice(0, 24);

/** The alert state of a set of sources, for reading only. */
export const readScope = async (path: string, scope: string, now: number): Promise<Scope> =>
	asOf((await read(path))[keyOf(scope)] ?? emptyScope, now);

/**
 * Changes the alert state of a set of sources atomically, under the lock.
 * @param scope identifies the set of sources
 * @returns the additional result of `change`
 * @throws UserError if the state cannot be saved; without it, deliveries would be forgotten
 */
export const changeScope = async <Result>(
	path: string,
	scope: string,
	now: number,
	change: (scope: Scope) => {readonly scope: Scope; readonly result: Result},
): Promise<Result> => {
	try {
		makeFolder(dirname(path));
	} catch (error) {
		throw new UserError(
			`Alerts are not sent: ${sanitize(dirname(path))} cannot be made (${(error as NodeJS.ErrnoException).code}).`,
			2,
		);
	}
	return locked(`${path}.lock`, async () => {
		const scopes = await read(path);
		const key = keyOf(scope);
		const {scope: changed, result} = change(asOf(scopes[key] ?? emptyScope, now));
		const kept = Object.entries(scopes).filter(([name, other]) => name !== key && !isForgotten(other, now));
		const content = {version: 1, scopes: {...Object.fromEntries(kept), [key]: forget(changed, now)}};
		await writeWhole(path, `${JSON.stringify(content)}\n`, {exclusive: false});
		return result;
	});
};
