import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {dataFolder} from '../system/data-folder.js';
import {makeFolder} from '../system/make-folder.js';
import {writeWhole} from '../system/write-whole.js';

/** What was chosen last on the screen, to begin with it the next time. */
type Remembered = {
	readonly theme?: string;
	/** Orders of lists, by the name of the list. */
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

/** What was chosen last; nothing if the file is missing or cannot be read. */
export const remembered = (): Remembered => {
	try {
		const {theme, orders} = JSON.parse(readFileSync(path(), 'utf8')) as Readonly<Record<string, unknown>>;
		const known = Object.entries(orders ?? {}).filter((entry): entry is [string, Order] => isOrder(entry[1]));
		return {...(typeof theme === 'string' && {theme}), orders: Object.fromEntries(known)};
	} catch {
		return {};
	}
};

/** Adds what was chosen to what is remembered. Where it cannot be kept, it is chosen again the next time. */
export const remember = async (chosen: Remembered): Promise<void> => {
	try {
		makeFolder(dirname(path()));
		await writeWhole(path(), `${JSON.stringify({...remembered(), ...chosen})}\n`, {exclusive: false});
	} catch {
		// A colour or an order is not worth a message.
	}
};
