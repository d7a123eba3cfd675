import {expect, test} from 'vitest';
import {parseAddress} from '../../source/glitchtip/address.js';
import {type GlitchTipOptions, GlitchTipSource} from '../../source/glitchtip/glitchtip-source.js';
import type {SourceSink} from '../../source/sources/source.js';
import {Collected} from '../sources/collect.js';
import {until} from '../support/until.js';
import {apiEvent, callEvents, exception, firstTime, idOf, minute} from './events.js';
import {eventServer, json, serve, token} from './servers.js';

const sourceAt = (base: string, options: GlitchTipOptions = {}, secret: string | undefined = token) =>
	new GlitchTipSource(parseAddress(`glitchtip+${base}/acme/suna`), secret, {backOff: 1, timeout: 60_000, ...options});

const collect = async (source: GlitchTipSource): Promise<Collected> => {
	const collected = new Collected();
	await source.read(collected);
	return collected;
};

const idsIn = ({text}: Collected): string[] =>
	text
		.split('\n')
		.filter(line => line !== '')
		.map(line => JSON.parse(line).eventID);

const ids = (...indices: number[]) => indices.map(idOf);

test('reads all pages, each event once, and reports its position', async () => {
	const server = await eventServer(callEvents(130));
	const source = sourceAt(server.base);
	const read = await collect(source);
	expect(idsIn(read).sort()).toEqual(ids(...Array.from({length: 130}, (_, index) => index)).sort());
	expect(server.asked).toEqual(['', 'p50', 'p100']);
	expect(read.heads).toEqual([true, false, false]);
	expect(read.problems).toEqual([]);
	expect(read.facts.at(-1)).toMatchObject({lines: 130, modified: firstTime + 129 * minute + 220});
});

test('a page is handed over oldest first', async () => {
	const server = await eventServer(callEvents(3));
	expect(idsIn(await collect(sourceAt(server.base)))).toEqual(ids(0, 1, 2));
});

test('only the part of an event about the cache is delivered, and of other events nothing', async () => {
	const server = await eventServer([{...apiEvent(1), contexts: {trace: {}}, user: {email: 'a@b.c'}}, apiEvent(0)]);
	const read = await collect(sourceAt(server.base));
	expect(idsIn(read)).toEqual(ids(0));
	expect(read.text).not.toContain('dramatiq');
});

test('continues where an earlier reading ended, and reads no page beyond', async () => {
	const server = await eventServer(callEvents(130));
	const first = sourceAt(server.base);
	await collect(first);
	const resume = JSON.parse(JSON.stringify(first.positionOf(first.log.id)));
	server.events = [...callEvents(3, 130), ...server.events];
	server.asked.length = 0;
	const read = await collect(sourceAt(server.base, {resume}));
	expect(idsIn(read)).toEqual(expect.arrayContaining(ids(130, 131, 132)));
	// The last minute is looked at again, so that what was listed late is found.
	expect(idsIn(read).length).toBeLessThanOrEqual(5);
	expect(server.asked).toEqual(['']);
	expect(read.heads).toEqual([false]);
});

test('an event listed behind those known already is found', async () => {
	const server = await eventServer(callEvents(3));
	const source = sourceAt(server.base);
	await collect(source);
	server.events = [...callEvents(1, 2), apiEvent(7, {at: 2 * minute - 5000}), ...callEvents(2)];
	expect(idsIn(await collect(source))).toEqual(ids(7));
});

test('an interrupted reading continues at its page, then reads what came since', async () => {
	const server = await eventServer(callEvents(130));
	const source = sourceAt(server.base);
	const sink = new Collected();
	const marks: unknown[] = [];
	const keeping: SourceSink = Object.assign(sink, {
		lines: (...args: Parameters<SourceSink['lines']>) => {
			Collected.prototype.lines.apply(sink, args);
			marks.push(source.positionOf(source.log.id));
		},
	});
	await source.read(keeping);
	server.events = [apiEvent(200), ...server.events];
	server.asked.length = 0;
	const resume = marks[0] as NonNullable<GlitchTipOptions['resume']>;
	const read = await collect(sourceAt(server.base, {resume}));
	expect(server.asked.slice(0, 3)).toEqual(['p50', 'p100', '']);
	const all = [...idsIn({text: sink.texts[0]} as Collected), ...idsIn(read)];
	expect(new Set(all).size).toBe(131);
});

test('a cursor that the server has forgotten begins at the newest event again', async () => {
	const server = await eventServer(callEvents(60));
	const resume = {mark: JSON.stringify({walk: {newest: firstTime, cursor: 'gone'}})};
	expect(idsIn(await collect(sourceAt(server.base, {resume}))).length).toBe(60);
});

test.each([['{'], ['null'], ['{"known":"x","walk":{"newest":null,"cursor":1}}']])(
	'a mark that is none begins anew: %s',
	async mark => {
		const server = await eventServer(callEvents(2));
		expect(idsIn(await collect(sourceAt(server.base, {resume: {mark}})))).toEqual(ids(0, 1));
	},
);

test('is asked to wait, waits, and continues', async () => {
	const server = await eventServer(callEvents(60));
	server.instead.push((_, response) => json(response, 429, {detail: 'Too many'}, {'retry-after': '0'}));
	server.instead.push((_, response) => json(response, 502, 'Bad gateway'));
	const read = await collect(sourceAt(server.base));
	expect(idsIn(read)).toHaveLength(60);
	expect(read.problems).toEqual([]);
});

test('does not wait longer than it may, and says how long it is to', async () => {
	const server = await eventServer(callEvents(1));
	server.instead.push((_, response) => json(response, 429, {}, {'retry-after': '120'}));
	const read = await collect(sourceAt(server.base));
	expect(server.asked).toHaveLength(1);
	expect(read.problems).toMatchObject([{kind: 'unreadable', message: expect.stringContaining('120 s (429)')}]);
});

test.each([
	[401, 'HITRATE_GLITCHTIP_TOKEN'],
	[403, 'event:read'],
	[404, 'no project acme/suna'],
	[500, '(500)'],
])('%i: one line that says what to do', async (status, words) => {
	const server = await eventServer(callEvents(1));
	const fail = () => server.instead.push((_, response) => json(response, status, {detail: token}));
	for (let attempt = 0; attempt < 10; attempt++) {
		fail();
	}
	const source = sourceAt(server.base);
	const read = await collect(source);
	expect(read.problems).toMatchObject([{kind: 'unreadable', name: source.name, count: 1}]);
	expect(read.problems[0]?.message).toContain(words);
	expect(read.problems[0]?.message).not.toContain(token);
	expect(source.positionOf(source.log.id)).toBeUndefined();
});

test('what was read before a failure is kept, and gone on with', async () => {
	const server = await eventServer(callEvents(80));
	const source = sourceAt(server.base);
	const failing = new Collected();
	const sink = Object.assign(failing, {
		lines: (...args: Parameters<SourceSink['lines']>) => {
			Collected.prototype.lines.apply(failing, args);
			server.instead.push((_, response) => json(response, 403, {}));
		},
	});
	await source.read(sink);
	expect(idsIn(failing)).toHaveLength(50);
	expect(failing.kinds).toEqual(['watch-failed']);
	server.instead.length = 0;
	expect(idsIn(await collect(source))).toHaveLength(30);
});

test.each([
	['no token', undefined],
	['an empty one', ' '],
	['one with a line break inside', `${token.slice(0, 8)}\r\nx: y`],
])('%s: nothing is asked, and the line names the variable and not the token', async (_, secret) => {
	const server = await eventServer(callEvents(1));
	const address = parseAddress(`glitchtip+${server.base}/acme/suna`);
	const read = await collect(new GlitchTipSource(address, secret));
	expect(server.asked).toEqual([]);
	expect(read.problems[0]?.message).toContain('HITRATE_GLITCHTIP_TOKEN');
	expect(read.problems[0]?.message).not.toContain(token.slice(0, 8));
});

test('the token does not follow a redirection to another server', async () => {
	const seen: (string | undefined)[] = [];
	const other = await serve((request, response) => {
		seen.push(request.headers.authorization);
		json(response, 200, callEvents(1));
	});
	const server = await eventServer(callEvents(1));
	server.instead.push((_, response) => json(response, 302, '', {location: `${other}/api/0/`}));
	const read = await collect(sourceAt(server.base));
	expect(seen).toEqual([]);
	expect(read.problems).toMatchObject([{message: expect.stringContaining(`redirects to ${other}`)}]);
});

test('a redirection within the server is followed, though not in a circle', async () => {
	const server = await eventServer(callEvents(1));
	const again = '/api/0/projects/acme/suna/events/';
	server.instead.push((_, response) => json(response, 301, '', {location: again}));
	expect(idsIn(await collect(sourceAt(server.base)))).toEqual(ids(0));
	for (let redirect = 0; redirect < 9; redirect++) {
		server.instead.push((_, response) => json(response, 301, '', {location: again}));
	}
	expect((await collect(sourceAt(server.base))).problems[0]?.message).toContain('circle');
});

test.each([
	['<html>Sign in</html>'],
	['{"events": []}'],
	['[1, null, {"contexts": 3}, {"contexts": {"cache_metrics": []}}, [], "x"'],
])('an answer that is no list of events: %s', async text => {
	const server = await eventServer([]);
	server.instead.push((_, response) => json(response, 200, text));
	expect((await collect(sourceAt(server.base))).problems[0]?.message).toContain('list of events');
});

test('values of any kind in the list are passed over', async () => {
	const odd = [1, null, 'x', [], {contexts: 3}, {contexts: {cache_metrics: []}}, {eventID: {}, dateReceived: 5}];
	const server = await eventServer([...odd, apiEvent(0), {...apiEvent(1), eventID: '../1', id: 1}]);
	expect(idsIn(await collect(sourceAt(server.base)))).toEqual(ids(0));
});

test('a list without end is left where its pages come again', async () => {
	let pages = 0;
	const base = await serve((_, response) => {
		pages++;
		json(response, 200, callEvents(2), {link: '<http://x/?cursor=again>; rel="next"; results="true"'});
	});
	expect(idsIn(await collect(sourceAt(base)))).toEqual(ids(0, 1));
	expect(pages).toBe(2);
});

test('a time in the future hides nothing that comes until then', async () => {
	const server = await eventServer([apiEvent(1, {received: '2999-01-01T00:00:00Z'}), apiEvent(0)]);
	const source = sourceAt(server.base);
	await collect(source);
	const now = new Date().toISOString();
	server.events = [apiEvent(2, {received: now}), ...server.events];
	expect(idsIn(await collect(source))).toEqual(ids(2));
});

test('a server that does not answer in time', async () => {
	const base = await serve(() => {});
	const read = await collect(sourceAt(base, {timeout: 50}));
	expect(read.problems).toMatchObject([{kind: 'unreadable', message: expect.stringContaining('no answer in time')}]);
});

test('a server that is not there', async () => {
	const base = await serve(() => {});
	const nobody = base.replace(/\d+$/, '1');
	expect((await collect(sourceAt(nobody))).problems).toMatchObject([{kind: 'unreadable'}]);
});

test('a project without such events says so', async () => {
	const server = await eventServer([exception(0)]);
	const read = await collect(sourceAt(server.base));
	expect(read.problems).toMatchObject([{message: expect.stringContaining('"Prompt Cache Metrics:"')}]);
});

test('follows: what comes later is delivered once, a failure is reported, and the end leaves nothing behind', async () => {
	const server = await eventServer(callEvents(2));
	const source = sourceAt(server.base, {interval: 5});
	const collected = new Collected();
	const stop = await source.follow(collected);
	expect(idsIn(collected)).toEqual(ids(0, 1));
	server.events = [apiEvent(2), ...server.events];
	await until(() => expect(idsIn(collected)).toEqual(ids(0, 1, 2)));
	server.instead.push((_, response) => json(response, 403, {}));
	await until(() => expect(collected.kinds).toEqual(['watch-failed']));
	server.events = [apiEvent(3), ...server.events];
	await until(() => expect(idsIn(collected)).toEqual(ids(0, 1, 2, 3)));
	await stop();
	// A request that was under way may still arrive; it does before another.
	await fetch(server.base);
	const asked = server.asked.length;
	await new Promise(resolve => setTimeout(resolve, 30));
	expect(server.asked).toHaveLength(asked);
});

test('can be stopped while the server is silent', async () => {
	const server = await eventServer(callEvents(1));
	const source = sourceAt(server.base, {interval: 5, timeout: 60_000});
	const collected = new Collected();
	const stop = await source.follow(collected);
	let isAsked = false;
	server.instead.push(() => {
		isAsked = true;
	});
	await until(() => expect(isAsked).toBe(true));
	await stop();
	expect(collected.problems).toEqual([]);
});

test('a server whose pages never end is left at a limit, which is reported; the next poll continues there', async () => {
	let page = 0;
	const base = await serve((_, response) => {
		page++;
		const link = `<https://x/?cursor=c${page}>; rel="next"; results="true"; cursor="c${page}"`;
		json(response, 200, [apiEvent(page)], {link});
	});
	for (const [bounds, words] of [
		[{pages: 3, bytes: 1e9, time: 1e9}, 'stopped after 3 pages'],
		[{pages: 1e9, bytes: 1, time: 1e9}, 'stopped after 0 MB'],
		[{pages: 1e9, bytes: 1e9, time: 0}, 'stopped after 0 s'],
	] as const) {
		const source = sourceAt(base, {bounds});
		const read = await collect(source);
		expect(read.problems).toMatchObject([{kind: 'watch-failed', message: expect.stringContaining(words)}]);
		expect(source.positionOf(source.log.id)?.mark).toContain(`"c${page}"`);
	}
});

test('a server that lists nothing: three likely causes, and nothing was read', async () => {
	const server = await eventServer([]);
	for (const _run of [1, 2]) {
		const source = sourceAt(server.base);
		const {problems} = await collect(source);
		expect(problems).toMatchObject([{kind: 'unreadable', message: expect.stringMatching(/misspelt.*member.*90 days/)}]);
		expect(source.positionOf(source.log.id)).toBeUndefined();
	}
});

test('a restart of the server is waited for, a name that nobody knows is not', async () => {
	const server = await eventServer(callEvents(2));
	for (let attempt = 0; attempt < 8; attempt++) {
		server.instead.push((request, response) =>
			attempt % 2 === 0 ? json(response, 503, {}) : request.socket.destroy(),
		);
	}
	expect(idsIn(await collect(sourceAt(server.base)))).toEqual(ids(0, 1));
});
