import {expect, test} from 'vitest';
import {noSuchName} from '../../../source/commands/reading/no-such-name.js';

test.each([
	['spoter', ['/home/me/spotter', '/home/me/web'], 'Did you mean /home/me/spotter?'],
	['spoter', ['C:\\work\\spotter\\', '/home/me/web'], 'Did you mean C:\\work\\spotter\\?'],
	['claude-sonet-4', ['anthropic/claude-sonnet-4', 'gpt-5'], 'Did you mean anthropic/claude-sonnet-4?'],
	['zzz', ['one', 'two', 'three', 'four'], 'There are 4, such as one, two, three.'],
	['zzz', ['one', 'two'], 'There are one, two.'],
	['zzz', ['/'], 'There is /.'],
	['zzz', [], 'The log names none.'],
])('%s among %j', (asked, names, there) => {
	expect(noSuchName('project', asked, names)).toBe(`no project whose name contains "${asked}". ${there}`);
});
