import {closeSync, fstatSync, openSync, readFileSync, statSync} from 'node:fs';
import * as v from 'valibot';
import {UsageError} from '../errors.js';
import {sanitize} from '../text/sanitize.js';
import {configPath, type Place} from './config-path.js';
import {refuseOpenSecrets} from './private-file.js';
import {type Settings, settingsSchema} from './schema.js';

/** Where to look for the config file. */
export type LoadOptions = Place & {
	/** A file that the user named, which must exist. */
	readonly path?: string | undefined;
};

/** Maximum size of a config file in bytes. */
const largest = 1024 * 1024;

const reasons: Readonly<Record<string, string>> = {
	ENOENT: 'no such file',
	ENOTDIR: 'no such file',
	EACCES: 'it cannot be read: permission denied',
	EPERM: 'it cannot be read: permission denied',
	EISDIR: 'it is a folder',
};

const refusal = (path: string, reason: string): UsageError => new UsageError(`${sanitize(path)}: ${reason}`);

/** Reads the file. @returns undefined if it does not exist */
const readFile = (path: string): {readonly text: string; readonly mode: number} | undefined => {
	let file: number;
	try {
		const stats = statSync(path);
		// Opening a pipe would block until another process writes to it.
		if (!stats.isFile()) {
			throw refusal(path, 'this is not a settings file.');
		}
		file = openSync(path, 'r');
	} catch (error) {
		if (error instanceof UsageError) {
			throw error;
		}
		const {code = ''} = error as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR') {
			return undefined;
		}
		throw refusal(path, `cannot be read: ${reasons[code] ?? code}.`);
	}
	try {
		const {mode, size} = fstatSync(file);
		if (size > largest) {
			throw refusal(path, 'this is too large for a file with settings.');
		}
		return {text: readFileSync(file, 'utf8'), mode};
	} finally {
		closeSync(file);
	}
};

/** JSON.parse quotes the text at the error, which may be a secret, so only the position is reported. */
const parseJson = (path: string, text: string): unknown => {
	try {
		return JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch (error) {
		const [, position] = /position (\d+)/.exec((error as Error).message) ?? [];
		const before = text.slice(0, position === undefined ? text.length : Number(position)).split('\n');
		throw refusal(path, `not valid JSON: line ${before.length}.`);
	}
};

/** The path of a key: `alerts.channels[0].url`. */
const pathOf = (path: readonly {readonly key: unknown}[] | undefined): string =>
	(path ?? [])
		.map(({key}, index) => (typeof key === 'number' ? `[${key}]` : `${index > 0 ? '.' : ''}${String(key)}`))
		.join('');

/**
 * Reads and validates the config file: the named one, or the one at the default path, which may be missing.
 * @throws UsageError with one line that names the file, the key and the valid form, but no secrets
 */
export const loadSettings = ({path, ...place}: LoadOptions): Settings => {
	const at = path ?? configPath(place);
	const file = at === undefined ? undefined : readFile(at);
	if (at === undefined || !file) {
		if (path !== undefined) {
			throw refusal(path, 'no such file.');
		}
		return {};
	}
	const result = v.safeParse(settingsSchema, parseJson(at, file.text));
	if (!result.success) {
		const [{path: keys, message}, ...others] = result.issues;
		const where = pathOf(keys);
		const more = others.length > 0 ? ` (And ${others.length} more.)` : '';
		throw refusal(at, sanitize(`${where === '' ? '' : `${where}: `}${message}${more}`));
	}
	if (place.platform !== 'win32') {
		const {alerts, clickhouse} = result.output;
		refuseOpenSecrets(at, file.mode, alerts?.channels ?? [], [clickhouse?.password]);
	}
	return result.output;
};
