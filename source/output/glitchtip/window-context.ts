import type {Report} from '../../metrics/report.js';
import {breakFigures, figures, windowFigures} from '../json/json-figures.js';

/** The figures of a window under the names that the JSON report gives them. */
export const windowContext = ({window, summary, breaks}: Pick<Report, 'window' | 'summary' | 'breaks'>) => ({
	window: windowFigures(window, 'UTC'),
	basis: summary.basis ?? null,
	...figures(summary),
	breaks: breakFigures(breaks, summary),
});
