import type {Report} from '../../metrics/report/report.js';

/** Caches a value computed from a report: reports are immutable, and drawn many times. */
export const perReport = <Value>(make: (report: Report) => Value): ((report: Report) => Value) => {
	const made = new WeakMap<Report, {readonly value: Value}>();
	return report => {
		const known = made.get(report) ?? {value: make(report)};
		made.set(report, known);
		return known.value;
	};
};
