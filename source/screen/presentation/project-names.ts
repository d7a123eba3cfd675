import type {Report} from '../../metrics/report/report.js';
import {sanitize} from '../../text/sanitize.js';
import {perReport} from '../report/per-report.js';

const partsOf = (project: string): readonly string[] => project.split(/[\\/]/).filter(Boolean);

const lastParts = (project: string, count: number): string => {
	const parts = partsOf(project);
	return parts.length === 0 ? project : parts.slice(-count).join('/');
};

/**
 * Each project by the end of its path, as long as distinguishes it from the others: `cli`, or `suna/cli` and `web/cli`.
 * @param projects whole paths
 */
export const shortProjects = (projects: readonly string[]): ReadonlyMap<string, string> => {
	const found = new Map<string, string>();
	let open = [...new Set(projects)];
	for (let count = 1; open.length > 0; count++) {
		const alike = new Map<string, string[]>();
		for (const project of open) {
			const short = lastParts(project, count);
			alike.set(short, [...(alike.get(short) ?? []), project]);
		}
		open = [];
		for (const [short, group] of alike) {
			const longer = group.filter(project => partsOf(project).length > count);
			// Those that have no more parts, and differ all the same, are told whole.
			for (const project of group) {
				if (group.length === 1) {
					found.set(project, short);
				} else if (!longer.includes(project)) {
					found.set(project, project);
				}
			}
			if (group.length > 1) {
				open.push(...longer);
			}
		}
	}
	return found;
};

const shortNames = perReport(({projects}) => shortProjects(projects.flatMap(({name}) => name ?? [])));

/** A project's path as short as distinguishes it from the report's others; safe to print. */
export const projectName = (report: Report, project: string): string =>
	sanitize(shortNames(report).get(project) ?? lastParts(project, 1));
