import {expect, test} from 'vitest';
import {refuseSources} from '../../source/session/refuse-sources.js';

const piped = () => false;

test('standard input that is a terminal is refused, and how to pipe is said', () => {
	expect(() => refuseSources(['worker.log', '-'], () => true)).toThrow(/which is this terminal\. Pipe a log into it/);
	expect(() => refuseSources(['-'], piped)).not.toThrow();
	expect(() => refuseSources(['worker.log'], () => true)).not.toThrow();
});

test.each(['http://host/worker.log', 'https://host/x', 'ssh://host/x', 's3://bucket/x.gz', 'POSTGRESQL+x://h/d'])(
	'%s is no file',
	name => {
		expect(() => refuseSources(['a.log', name], piped)).toThrow(`${name}: hitrate reads addresses that begin with`);
	},
);

test.each(['logs/a:b.log', 'C:/logs/worker.log', './http:/x', 'a*.log'])('%s may be a file', name => {
	expect(() => refuseSources([name], piped)).not.toThrow();
});
