import {UsageError} from '../errors.js';
import {findMark, inOrder, type Mark} from '../metrics/marks.js';
import {jsonText} from '../output/json/json.js';
import {formatTime, timeColumn} from '../output/numbers.js';
import type {Options} from '../session/options.js';
import {addMark, deleteMark, markName, readMarks} from '../settings/marks-file.js';
import {print} from './print.js';

/** `hitrate mark "deploy 1.4"`: adds a mark at the current time; without words, lists the user's marks. */
export const mark = async (words: readonly string[], options: Options, isDeleting: boolean): Promise<number> => {
	const name = words.length > 0 ? markName(words.join(' ')) : undefined;
	if (name === '') {
		throw new UsageError(
			'mark: the text is empty: an unset variable? Say what happened, as in: hitrate mark "deploy 1.4"',
		);
	}
	if (isDeleting) {
		return deleteLatest(name, options);
	}
	if (name === undefined) {
		return list(options);
	}
	const made = {time: Date.now(), name};
	addMark(made);
	return told('Marked', made, options);
};

const list = async ({json, zone}: Options): Promise<number> => {
	const marks = inOrder(readMarks());
	const times = timeColumn(
		marks.map(({time}) => time),
		zone,
	);
	const lines = marks.map(({name}, index) => `${times[index]}  ${name}\n`).join('');
	await print(
		json ? jsonText({marks: marks.map(jsonOf)}) : lines || 'No marks. Make one with: hitrate mark "deploy 1.4"\n',
	);
	return 0;
};

const deleteLatest = async (name: string | undefined, options: Options): Promise<number> => {
	if (name === undefined) {
		throw new UsageError('mark --delete: name the mark, as in: hitrate mark --delete "deploy 1.4"');
	}
	const found = findMark(readMarks(), name);
	if (!found) {
		throw new UsageError(`mark --delete: no mark whose name contains "${name}". hitrate mark lists them.`);
	}
	deleteMark(found);
	return told('Deleted', found, options);
};

const jsonOf = ({name, time}: Mark) => ({name, time: new Date(time).toISOString()});

const told = async (what: string, found: Mark, {json, zone}: Options): Promise<number> => {
	await print(json ? jsonText(jsonOf(found)) : `${what} ${formatTime(found.time, zone, 'date')}: ${found.name}\n`);
	return 0;
};
