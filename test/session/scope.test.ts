import {expect, test} from 'vitest';
import {allRootsOf, scopeOf, userPricesOf} from '../../source/session/scope.js';
import {serverKind, serverName} from '../../source/session/server-names.js';
import {parsePrices} from '../../source/settings/parse-prices.js';

test.each([
	['logs/worker.log', undefined],
	['C:\\logs\\worker.log', undefined],
	['glitchtip+https://host/org/project', 'glitchtip'],
	['clickhouse+https://host:8443/hitrate', 'clickhouse'],
	['postgres://user@host/litellm', 'postgres'],
])('%s', (argument, kind) => {
	expect(serverKind(argument)).toBe(kind);
	expect(serverName(argument)).toBe(kind === 'postgres' ? 'postgres://host:5432/litellm' : argument);
});

test('what is named identifies a store, whatever its order of servers and files; a pipe has none', () => {
	const server = 'postgres://user@host/litellm';
	const roots = allRootsOf(['/logs/a.log', server], []);
	expect(roots).toEqual(allRootsOf([server, '/logs/a.log'], []));
	expect(JSON.stringify(roots)).not.toContain('user@');
	expect(allRootsOf([server], [])).toHaveLength(1);
	expect(allRootsOf(['-'], [])).toBeUndefined();
});

const read = {
	keep: true,
	demo: false,
	sources: ['/logs/a.log'],
	exec: [],
	format: undefined,
	pattern: undefined,
	logZone: 'UTC',
	promptTokens: undefined,
};

test('a store is of its sources and the way they are read; nothing is saved of a demo, or where it is not wanted', () => {
	expect(scopeOf(read)).toMatchObject({sources: ['/logs/a.log'], readAs: {logZone: 'UTC'}});
	expect(scopeOf({...read, pattern: '(?<read>.)'})?.readAs).not.toEqual(scopeOf(read)?.readAs);
	expect(scopeOf({...read, demo: true})).toBeUndefined();
	expect(scopeOf({...read, keep: false})).toBeUndefined();
});

test('prices of the user identify a store in any order', () => {
	const of = (...prices: readonly string[]) => userPricesOf({prices: parsePrices(prices), planModel: undefined});
	expect(of()).toBeUndefined();
	expect(of('a=1,0.1', 'b=2,0.2')).toBe(of('b=2,0.2', 'a=1,0.1'));
	expect(of('a=1,0.1')).not.toBe(of('a=1,0.2'));
	expect(userPricesOf({prices: new Map(), planModel: 'gpt-5'})).toBeDefined();
});
