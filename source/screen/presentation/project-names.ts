import type {Report} from '../../metrics/report/report.js';
import {sanitize} from '../../text/sanitize.js';
import {perReport} from '../report/per-report.js';

const partsOf = (project: string): readonly string[] => project.split(/[\\/]/).filter(Boolean);

const lastParts = (project: string, count: number): string => {
	const parts = partsOf(project);
	return parts.length === 0 ? project : parts.slice(-count).join('/');
};

/**
 * The shortest end of each project's path that tells it from the others: `cli`, or `suna/cli` and `web/cli`.
 * @param projects full paths
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
			// Paths that have no more segments but still differ are shown in full.
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

/** A project's path, as short as it can be among those of the report. Safe to print. */
export const projectName = (report: Report, project: string): string =>
	sanitize(shortNames(report).get(project) ?? lastParts(project, 1));
