import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {expect, test} from 'vitest';
import {contentsOf} from '../../../source/sources/set/folder-argument.js';
import {temporaryFolder} from '../collect.js';

const write = (path: string) => {
	mkdirSync(dirname(path), {recursive: true});
	writeFileSync(path, '{}\n');
};

test.each<[named: string, trees: readonly string[], databases: readonly string[]]>([
	[
		'.',
		['.qwen/projects', '.config/Code/User/globalStorage/saoudrizwan.claude-dev/tasks'],
		['.zcode/cli/db/db.sqlite'],
	],
	['.qwen', ['projects'], []],
	['.zcode', [], ['cli/db/db.sqlite']],
	['.config', ['Code/User/globalStorage/saoudrizwan.claude-dev/tasks'], []],
	['.config/Code/User/globalStorage', ['saoudrizwan.claude-dev/tasks'], []],
])(
	'of a copy of a home folder, %s stands for what agents keep in it, not for what lies beside',
	(named, trees, databases) => {
		const home = temporaryFolder();
		write(join(home, '.qwen/projects/p/chats/s1.jsonl'));
		// Qwen Code sums up the same requests here.
		write(join(home, '.qwen/usage_record.jsonl'));
		write(join(home, '.qwen/token-usage-2026-11.jsonl'));
		write(join(home, '.config/Code/User/globalStorage/saoudrizwan.claude-dev/tasks/1/ui_messages.json'));
		write(join(home, '.zcode/cli/db/db.sqlite'));
		const found = contentsOf(join(home, named), []);
		expect({...found, trees: [...found.trees].sort()}).toEqual({logs: [], trees: [...trees].sort(), databases});
	},
);

test("a folder next to agents' files is read for its own logs", () => {
	const home = temporaryFolder();
	write(join(home, '.qwen/projects/p/chats/s1.jsonl'));
	write(join(home, 'shop/logs/worker.log'));
	expect(contentsOf(join(home, 'shop/logs'), [])).toEqual({logs: ['worker.log'], trees: [], databases: []});
});
