import type {Request} from '../../source/request.js';
import {measured} from './requests.js';

/** Random numbers of a seed, 0–1 (mulberry32). */
export const randomOf = (seed: number): (() => number) => {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
};

/** A request, and what a true prefix cache says that it lost. */
export type SimulatedRequest = {readonly request: Request; readonly lost: number};

type Block = {readonly key: number; readonly tokens: number};
type Actor = {name: string; model: string; provider: string; blocks: Block[]; had: ReadonlySet<number>; held: number};

const second = 1000;
const minute = 60 * second;
const models = ['claude-sonnet-4-5', 'claude-opus-4-5', 'gpt-5.1'] as const;
const isAutomatic = (model: string): boolean => model.startsWith('gpt');
const minimumOf = (model: string): number => (/opus|haiku/.test(model) ? 4096 : 1024);
const sizeOf = (blocks: readonly Block[]): number => blocks.reduce((sum, {tokens}) => sum + tokens, 0);

/**
 * One thread over a true prefix cache: turns, pauses, switches of the model or the provider, a changed start or middle,
 * compaction, rewinding, workers and naming calls beside the main conversation, requests sent together.
 */
export const randomThread = (seed: number, turns = 30): readonly SimulatedRequest[] => {
	const random = randomOf(seed);
	const integer = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
	const chance = (share: number) => random() < share;
	const pick = <Item>(list: readonly Item[]): Item => list[integer(0, list.length - 1)] as Item;
	const told = {agents: chance(0.4), ids: chance(0.5), starts: chance(0.6), providers: chance(0.15), hour: chance(0.3)};
	const cache = new Map<string, {until: number; from: number}>();
	const sent: SimulatedRequest[] = [];
	let keys = 0;
	const block = (tokens: number): Block => ({key: ++keys, tokens});
	const shared = block(integer(6000, 15_000));
	const actor = (name: string, size: number, model: string): Actor => ({
		name,
		model,
		provider: 'a',
		blocks: [...(chance(0.4) ? [shared] : []), block(size)],
		had: new Set(),
		held: 0,
	});
	let now = Date.UTC(2026, 10, 20, 9);

	const send = (who: Actor, {at = now, lasts = integer(2, 20) * second, rebuilt = false} = {}): number => {
		const ends: {path: string; tokens: number}[] = [];
		let path = `${who.model}|${who.provider}|`;
		let tokens = 0;
		for (const {key, tokens: size} of who.blocks) {
			path += `${key},`;
			tokens += size;
			ends.push({path, tokens});
		}
		const alive = (key: string) => {
			const entry = cache.get(key);
			return entry && entry.until > at && entry.from <= at ? entry : undefined;
		};
		const minimum = minimumOf(who.model);
		const automatic = isAutomatic(who.model);
		const found = ends.findLast(end => alive(end.path))?.tokens ?? 0;
		const read = automatic ? (found < minimum ? 0 : Math.floor(found / 128) * 128) : found;
		const written = automatic || tokens < minimum ? 0 : tokens - read;
		const lifetime = (told.hour ? 60 : automatic ? 10 : 5) * minute;
		for (const end of ends) {
			if (end.tokens >= minimum) {
				const entry = alive(end.path);
				cache.set(end.path, {until: at + lifetime, from: entry?.from ?? at + lasts / 3});
			}
		}
		const again = sizeOf(who.blocks.filter(({key}) => who.had.has(key)));
		sent.push({
			lost: Math.max(0, Math.min(again, who.held) - read),
			request: measured(
				{
					uncached: tokens - read - written + integer(3, 30),
					cacheRead: read,
					cacheWrite5m: told.hour ? 0 : written,
					cacheWrite1h: told.hour ? written : 0,
				},
				{
					id: `thread-${seed}-${sent.length}`,
					time: at + lasts,
					thread: `thread-${seed}`,
					model: who.model,
					rebuilt,
					...(told.starts && {start: at}),
					// Several sub-agents of a kind have one name.
					...(told.agents && (told.ids ? {agent: who.name.slice(0, 1), agentId: who.name} : {agent: who.name})),
					...(told.providers && {provider: who.provider}),
				},
			),
		});
		who.had = new Set(who.blocks.map(({key}) => key));
		who.held = tokens < minimum ? 0 : tokens;
		return at + lasts;
	};

	const main = actor('main', integer(3000, 20_000), pick(models));
	let workers: (Actor & {left: number})[] = [];
	for (let turn = 0; turn < turns; turn++) {
		main.blocks.push(block(chance(0.1) ? integer(5000, 30_000) : integer(200, 3000)));
		let rebuilt = false;
		const dice = turn > 2 ? random() : 1;
		if (dice < 0.05) {
			now += integer(told.hour ? 61 : 11, 90) * minute;
		} else if (dice < 0.08) {
			main.model = pick(models);
		} else if (dice < 0.11) {
			main.blocks[main.blocks.length > 2 && main.blocks[0] === shared ? 1 : 0] = block(integer(3000, 15_000));
		} else if (dice < 0.14 && main.blocks.length > 5) {
			main.blocks.splice(integer(2, main.blocks.length - 2), 1, block(100));
		} else if (dice < 0.17 && main.blocks.length > 8) {
			main.blocks = [main.blocks[0] as Block, block(integer(800, 4000)), ...main.blocks.slice(-1)];
			rebuilt = chance(0.5);
		} else if (dice < 0.2 && main.blocks.length > 6) {
			main.blocks.splice(-integer(2, Math.min(12, main.blocks.length - 4)));
			main.blocks.push(block(500));
		} else if (told.providers && dice < 0.26) {
			main.provider = main.provider === 'a' ? 'b' : 'a';
		}
		if (chance(0.1)) {
			send({...actor('title', 1, 'claude-haiku-4-5'), blocks: [block(integer(300, 900))]}, {lasts: 1500});
		}
		now = send(main, {rebuilt}) + integer(1, 40) * second;
		if (chance(0.06)) {
			workers.push({...actor(`worker-${turn}`, integer(2000, 18_000), main.model), left: integer(1, 8)});
		}
		for (const worker of workers) {
			worker.blocks.push(block(integer(200, 4000)));
			now = send(worker) + integer(1, 10) * second;
			worker.left--;
		}
		workers = workers.filter(({left}) => left > 0);
		if (chance(0.03)) {
			const base = [...main.blocks, block(chance(0.5) ? 300 : 8000)];
			const ends = Array.from({length: integer(2, 5)}, (_, index) =>
				send(
					{...main, name: `fan-${turn}-${index}`, blocks: [...base, block(integer(50, 4000))]},
					{at: now + index * 200},
				),
			);
			now = Math.max(...ends) + second;
		}
	}
	return sent.sort((one, other) => one.request.time - other.request.time);
};
