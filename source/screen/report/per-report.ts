import type {Report} from '../../metrics/report/report.js';

/** Makes something of a report once, however often it is drawn: a report never changes. */
export const perReport = <Value>(make: (report: Report) => Value): ((report: Report) => Value) => {
	const made = new WeakMap<Report, {readonly value: Value}>();
	return report => {
		const known = made.get(report) ?? {value: make(report)};
		made.set(report, known);
		return known.value;
	};
};
