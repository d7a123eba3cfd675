import {flow} from './flow.js';
import {type Line, muted, widthOf} from './line.js';

/** Parts separated by a dot or by `between`, in as many rows as they need. */
export const partRows = (parts: readonly Line[], columns: number, between: Line = muted(' · ')): readonly Line[] => {
	const rows: Line[] = [];
	for (const part of parts.filter(({length}) => length > 0)) {
		const last = rows.at(-1);
		const longer: Line = last ? [...last, ...between, ...part] : part;
		if (last && widthOf(longer) <= columns) {
			rows[rows.length - 1] = longer;
		} else {
			rows.push(...(widthOf(part) <= columns ? [part] : flow(part, columns)));
		}
	}
	return rows;
};
