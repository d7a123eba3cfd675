import {expect, test} from 'vitest';
import {silenceWords} from '../../../source/screen/presentation/silence.js';

const minute = 60_000;
const seen = (name: string, silentFor: number) => ({name, silentFor});

test.each([
	['all send', [seen('web1', 0), seen('web2', 119_999)], []],
	['one stopped', [seen('web1', 0), seen('web3', 4 * minute)], ['web3 silent for 4 min', 'web3 silent', '1 silent']],
	[
		'the one that is silent longest is named',
		[seen('web1', 3 * minute), seen('web2', 200 * minute)],
		['web2 and 1 more silent for 3 h', 'web2 and 1 more silent', '2 silent'],
	],
	['one that was taken out of service', [seen('web1', 25 * 60 * minute)], []],
	[
		'a hostile name',
		[seen('\u001b[31mweb', 2 * minute)],
		['\ufffd[31mweb silent for 2 min', '\ufffd[31mweb silent', '1 silent'],
	],
])('%s', (_, hosts, words) => {
	expect(silenceWords(hosts)).toEqual(words);
});
