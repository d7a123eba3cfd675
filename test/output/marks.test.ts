import {expect, test} from 'vitest';
import {toHtml} from '../../source/output/html/html.js';
import {toMarkdown} from '../../source/output/markdown/markdown.js';
import {toText} from '../../source/output/text/text.js';
import {measuredDay, reportFor, testNow} from '../support/requests.js';
import {contextOf} from './context.js';

const hour = 3_600_000;
const marked = (count: number) => ({
	...reportFor(measuredDay()),
	marks: Array.from({length: count}, (_, index) => ({
		time: testNow - hour + index * 60_000,
		name: `deploy 1.${index} *\u001b[31m`,
	})),
});

test('reports for people name what happened, harmlessly', () => {
	const text = toText(marked(1), contextOf());
	expect(text).toMatch(/22 Nov 2026 \d\d:\d\d {2}deploy 1\.0 \*/);
	const markdown = toMarkdown(marked(1), contextOf());
	expect(markdown).toMatch(/## Marks\n\n- 22 Nov 2026 \d\d:\d\d deploy 1\.0 \\\*/);
	const html = toHtml(marked(1), contextOf());
	expect(html).toContain('deploy 1.0 *');
	expect(text + markdown + html).not.toContain('\u001b');
});

test('marks of one-digit days stand below the others', () => {
	const marks = ['2026-11-09T08:00Z', '2026-11-22T08:00Z'].map(time => ({time: Date.parse(time), name: 'deploy'}));
	expect(toText({...reportFor(measuredDay()), marks}, contextOf())).toContain(
		'\n   9 Nov 2026 08:00  deploy\n  22 Nov 2026 08:00  deploy\n',
	);
});

test('the newest are shown', () => {
	const text = toText(marked(20), contextOf());
	expect(text).toContain('deploy 1.19');
	expect(text).not.toContain('deploy 1.7 ');
	expect(text).toContain('deploy 1.8 ');
	const markdown = toMarkdown(marked(30), contextOf());
	expect(markdown).not.toContain('deploy 1.9 ');
	expect(markdown).toContain('deploy 1.10 ');
});
