import {UsageError} from '../errors.js';
import {inOrder} from '../metrics/marks.js';
import {jsonText} from '../output/json/json.js';
import {formatTime} from '../output/numbers.js';
import type {Options} from '../session/options.js';
import {addMark, markName, readMarks} from '../settings/marks-file.js';
import {print} from './print.js';

/** `hitrate mark "deploy 1.4"`: names this moment; without words it lists the marks of this user. */
export const mark = async (words: readonly string[], {json, zone}: Options): Promise<number> => {
	if (words.length > 0) {
		const name = markName(words.join(' '));
		if (name === '') {
			throw new UsageError(
				'mark: the text is empty: an unset variable? Say what happened, as in: hitrate mark "deploy 1.4"',
			);
		}
		const time = Date.now();
		addMark({time, name});
		await print(
			json
				? jsonText({name, time: new Date(time).toISOString()})
				: `Marked ${formatTime(time, zone, 'date')}: ${name}\n`,
		);
		return 0;
	}
	const marks = inOrder(readMarks());
	await print(
		json
			? jsonText({marks: marks.map(({name, time}) => ({name, time: new Date(time).toISOString()}))})
			: marks.map(({name, time}) => `${formatTime(time, zone, 'date')}  ${name}\n`).join(''),
	);
	return 0;
};
