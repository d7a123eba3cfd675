import type {ReportJson} from '../../source/output/json/schema/report.js';

/** A sample of a scrape: its name, its labels and its value. */
export type Scraped = {readonly name: string; readonly labels: string; readonly value: number};

/** What a server exposes, in the older text. */
export const scrape = async (url: string): Promise<readonly Scraped[]> => {
	const answer = await fetch(`${url}/metrics`);
	return (await answer.text()).split('\n').flatMap(line => {
		const [, name, labels = '', value] = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
		return name === undefined ? [] : [{name, labels, value: Number(value)}];
	});
};

/** The sum of a metric's samples whose labels hold this. */
export const sumOf = (scraped: readonly Scraped[], name: string, label = ''): number =>
	scraped
		.filter(sample => sample.name === name && sample.labels.includes(label))
		.reduce((sum, {value}) => sum + value, 0);

/** The report at an address. */
export const reportAt = async (url: string): Promise<ReportJson> => {
	const answer = await fetch(url);
	if (!answer.ok) {
		throw new Error(await answer.text());
	}
	return (await answer.json()) as ReportJson;
};
