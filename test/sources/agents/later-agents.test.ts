import {appendFileSync, existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import type {Place} from '../../../source/sources/agents/find-places.js';
import {LaterAgents} from '../../../source/sources/agents/later-agents.js';
import type {Position} from '../../../source/sources/file/position.js';
import {until} from '../../support/until.js';
import {Collected, temporaryFolder, treeSource} from '../collect.js';

/** Two agents, of which the first has a transcript already. */
const agentsIn = (home: string) => {
	const place = (agent: string): Place => ({agent, kind: 'tree', name: `~/${agent}`, path: join(home, agent)});
	const places = [place('first'), place('second')];
	const transcript = ({path}: Place) => join(path, 'session.jsonl');
	const install = (agent: Place, lines: string) => {
		mkdirSync(agent.path);
		writeFileSync(transcript(agent), lines);
	};
	const [first, second] = places as [Place, Place];
	install(first, '{"first":1}\n');
	const opened: string[] = [];
	const later = new LaterAgents({
		find: () => places.filter(({path}) => existsSync(path)),
		open: ({agent, name, path}) => {
			opened.push(agent);
			return treeSource(name, path, {sweep: 20});
		},
		interval: 20,
	});
	return {first, second, transcript, install, opened, later};
};

test('an agent that comes later is followed, once, and one that was there is left to others', async () => {
	const {first, second, transcript, install, opened, later} = agentsIn(temporaryFolder());
	const collected = new Collected();
	onTestFinished(await later.follow(collected));
	await later.read();
	expect([opened, collected.text]).toEqual([[], '']);

	install(second, '{"second":1}\n');
	await until(() => expect(collected.text).toBe('{"second":1}\n'));
	appendFileSync(transcript(first), '{"first":2}\n');
	appendFileSync(transcript(second), '{"second":2}\n');
	await until(() => expect(collected.text).toBe('{"second":1}\n{"second":2}\n'));

	expect(opened).toEqual(['second']);
	expect(collected.problems).toEqual([]);
});

test('the position in a later agent is known, so that the next process continues after it', async () => {
	const {second, install, later} = agentsIn(temporaryFolder());
	const collected = new Collected();
	onTestFinished(await later.follow(collected));
	install(second, '{"second":1}\n');
	await until(() => expect(collected.facts).toHaveLength(1));

	const [facts] = collected.facts;
	const position = later.positionOf(facts?.log.id ?? '');
	expect(position).toBeDefined();
	expect(later.positionOf('another')).toBeUndefined();

	const next = treeSource(second.name, second.path, {resume: () => position as Position});
	const again = new Collected();
	await next.read(again);
	expect(again.text).toBe('');
});

test('stopping ends what came later, too', async () => {
	const {second, install} = agentsIn(temporaryFolder());
	const ended: string[] = [];
	const later = new LaterAgents({
		find: () => (existsSync(second.path) ? [second] : []),
		open: ({name, path}) => {
			const tree = treeSource(name, path);
			const follow = tree.follow.bind(tree);
			return Object.assign(tree, {
				follow: async (sink: Collected) => {
					const end = await follow(sink);
					return async () => {
						await end();
						ended.push(name);
					};
				},
			});
		},
		interval: 20,
	});
	const collected = new Collected();
	const stop = await later.follow(collected);
	install(second, '{"second":1}\n');
	await until(() => expect(collected.facts).toHaveLength(1));
	await stop();
	expect(ended).toEqual(['~/second']);
});

test('what cannot be opened or followed is tried again, and keeps no other agent away', async () => {
	const home = temporaryFolder();
	const place = (agent: string): Place => ({agent, kind: 'tree', name: `~/${agent}`, path: join(home, agent)});
	const places = [place('opens late'), place('follows late'), place('third')];
	const failures = new Map<string, number>();
	const fails = (agent: string, when: string) => {
		const before = failures.get(when) ?? 0;
		failures.set(when, before + (agent === when ? 1 : 0));
		return agent === when && before < 2;
	};
	let looks = 0;
	const later = new LaterAgents({
		find: () => {
			looks++;
			if (looks === 2) {
				throw new Error('EMFILE');
			}
			return places.filter(({path}) => existsSync(path));
		},
		open: ({agent, name, path}) => {
			if (fails(agent, 'opens late')) {
				throw new Error('not yet');
			}
			const tree = treeSource(name, path, {sweep: 20});
			return fails(agent, 'follows late')
				? Object.assign(tree, {follow: () => Promise.reject(new Error('too many watches'))})
				: tree;
		},
		interval: 20,
	});
	const collected = new Collected();
	const stop = await later.follow(collected);
	for (const {agent, path} of places) {
		mkdirSync(path);
		writeFileSync(join(path, 'session.jsonl'), `{"${agent}":1}\n`);
	}
	await until(() => {
		for (const {agent} of places) {
			expect(collected.text).toContain(`{"${agent}":1}`);
		}
	});
	expect(collected.problems.map(({message}) => message)).toContain(
		'~/follows late: cannot be followed yet, will be tried again: too many watches',
	);
	await stop();
});
