import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {dataFolder} from '../system/data-folder.js';
import {makeFolder} from '../system/make-folder.js';
import {writeWhole} from '../system/write-whole.js';

/** Choices on the screen that are restored at the next start. */
type Remembered = {
	readonly theme?: string;
	/** Sort orders by list. */
	readonly orders?: Readonly<Record<string, {readonly column: string; readonly reversed: boolean}>>;
};

type Order = NonNullable<Remembered['orders']>[string];

const isOrder = (value: unknown): value is Order =>
	typeof value === 'object' &&
	value !== null &&
	'column' in value &&
	'reversed' in value &&
	typeof value.column === 'string' &&
	typeof value.reversed === 'boolean';

const path = (): string => join(dataFolder(), 'screen.json');

/** Reads the saved choices; empty if the file is missing or cannot be read. */
export const remembered = (): Remembered => {
	try {
		const {theme, orders} = JSON.parse(readFileSync(path(), 'utf8')) as Readonly<Record<string, unknown>>;
		const known = Object.entries(orders ?? {}).filter((entry): entry is [string, Order] => isOrder(entry[1]));
		return {...(typeof theme === 'string' && {theme}), orders: Object.fromEntries(known)};
	} catch {
		return {};
	}
};

/** Saves choices in addition to earlier ones. Failures are ignored. */
export const remember = async (chosen: Remembered): Promise<void> => {
	try {
		makeFolder(dirname(path()));
		await writeWhole(path(), `${JSON.stringify({...remembered(), ...chosen})}\n`, {exclusive: false});
	} catch {
		// A lost colour or sort order is not worth a message.
	}
};
