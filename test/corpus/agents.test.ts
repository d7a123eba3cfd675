import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {isEmpty} from '../../source/formats/records/counts.js';
import {Ingest} from '../../source/ingest/ingest.js';
import {priceList} from '../../source/metrics/money/pricing.js';
import {sumsOf} from '../../source/output/rows/sums.js';
import {resolveSources} from '../../source/sources/resolve.js';
import {MemoryStore} from '../../source/store/memory/memory-store.js';
import {totalsOf} from '../formats/agents/read-transcript.js';
import {ingestOptions} from '../ingest/options.js';
import {allOf} from '../support/recount.js';

const samples = join(import.meta.dirname, '../../../shared/samples2');

/** What the whole program reads of some paths, as one sum. */
const read = async (...names: readonly string[]) => {
	const store = new MemoryStore(priceList(new Map(), undefined));
	const ingest = new Ingest(store, {...ingestOptions, now: () => Date.UTC(2026, 10, 28)});
	const {sources, problems} = await resolveSources(names.map(name => join(samples, name)));
	await ingest.read(sources);
	return {requests: allOf(store), problems: [...problems, ...ingest.problems], readings: ingest.readings};
};

/** As the table of SOURCES-agents.md has them: requests / uncached / read / written 5 m / written 1 h / output. */
const expected: readonly (readonly [path: string, ...totals: number[]])[] = [
	['agents/pi/t2-pi-v1-branched-head125.jsonl', 55, 2913, 4_047_920, 143_969, 0, 42_134],
	['agents/pi/t2-pi-v1-around-compaction.jsonl', 38, 83, 4_354_894, 87_156, 0, 10_383],
	['agents/pi/t2-pi-v1-no-total-head120.jsonl', 54, 113, 2_123_094, 135_512, 0, 12_484],
	['agents/pi/t2-pi-2026-10-openai-codex.jsonl', 2, 1971, 0, 0, 0, 187],
	['agents/pi/t2-agentsview-pi-v3.jsonl', 2, 300, 0, 0, 0, 60],
	['agents/pi/t2-agent-sessions-pi-v3-compaction.jsonl', 2, 24, 0, 0, 0, 14],
	['agents/cline-cli/sessions/1784094124598_rruoq', 16, 95_819, 534_435, 0, 0, 4395],
	['agents/cline-cli/sessions/fixture-success-01', 1, 17, 3, 1, 0, 8],
	['agents/roo/t2-storage', 2, 7, 12_000, 12_500, 0, 240],
	['agents/cline/t2-storage', 2, 7, 12_000, 12_500, 0, 240],
	['agents/kimi-code/sessions/wd_t2/session_t2a', 26, 43_079, 689_920, 0, 0, 5845],
	['agents/kimi-code/sessions/wd_t2/session_t2b', 0, 0, 0, 0, 0, 0],
	['agents/kimi-code/sessions/wd_t2/session_t2c', 1, 355, 20_736, 0, 0, 180],
	['agents/kimi-code/sessions/wd_t2/session_t2d', 1, 10, 0, 0, 0, 5],
	['agents/kimi-cli/sessions/archived', 2, 40, 0, 0, 0, 7],
	['agents/kimi-cli/sessions/large-100msgs-head200', 15, 62_198, 496_640, 0, 0, 4790],
	['agents/kimi-cli/sessions/legacy-protocol-1.3', 1, 4033, 5632, 0, 0, 57],
	['agents/kimi-cli/sessions/recent-protocol-1.10', 0, 0, 0, 0, 0, 0],
	['agents/kimi-cli/sessions/with-subagent-collapsed', 0, 0, 0, 0, 0, 0],
	['agents/qwen/projects/-tmp-qwentest', 2, 1050, 50, 0, 0, 25],
	['agents/qwen/projects/-tmp-as-qwen-fixture', 1, 12, 0, 0, 0, 4],
	['agents/amp/t2-threads', 4, 19_372, 33_783, 13_438, 0, 291],
	['agents/mux/t2-sessions', 1, 750, 200, 50, 0, 230],
	['agents/deepseek-harness/t2-dsh-bash-tool-turn.jsonl', 2, 3045, 2816, 0, 0, 115],
	['agents/posit-assistant/t2-lm-messages.jsonl', 3, 142, 100, 100, 0, 59],
	['agents/open-design/t2-run-mixed-events.jsonl', 2, 3850, 150, 0, 0, 600],
	['agents/open-design/t2-run-start-seeded-events.jsonl', 1, 770, 7, 0, 0, 33],
	['agents/open-design/t2-run-no-usage-events.jsonl', 0, 0, 0, 0, 0, 0],
	['agents/opencode-legacy', 4, 4120, 500, 250, 0, 1966],
	['agents/opencode/t2-1.x', 5, 4809, 32_096, 11_350, 0, 740],
	['agents/opencode/t2-2.x', 5, 1014, 43_100, 12_750, 0, 630],
	['agents/copilot-cli/t2-home', 7, 4579, 44_027, 29_699, 0, 846],
	['agents/copilot-cli/t2-wal-only', 3, 9, 26_689, 13_597, 0, 266],
	['agents/goose/t2-data', 3, 106, 9000, 9200, 0, 220],
	['agents/zcode/t2-cli', 3, 8411, 16_492, 700, 0, 190],
	['agents/zed/t2-threads', 2, 2000, 90_000, 5000, 0, 450],
	['agents/traex/t2-traex-rollout-subagent.jsonl', 1, 600, 3600, 0, 0, 180],
	['agents/openclaw', 0, 0, 0, 0, 0, 0],
	['agents/droid', 0, 0, 0, 0, 0, 0],
	['agents/visualstudio-copilot', 0, 0, 0, 0, 0, 0],
	['claude-code/t2-2.1.272-sdk-cli.jsonl', 3, 6, 39_712, 0, 1398, 671],
	['claude-code/t2-yoavf-pomodoro.jsonl', 29, 176, 833_179, 49_400, 0, 10_062],
	['claude-code/t2-ccusage-alpha.jsonl', 3, 600, 70, 75, 0, 250],
	['claude-code/t2-ccusage-beta.jsonl', 2, 130, 40, 15, 0, 60],
	['claude-code/t2-toktrack-sample.jsonl', 3, 750, 20, 10, 0, 325],
	['claude-code/t2-agent-sessions-large.jsonl', 0, 0, 0, 0, 0, 0],
	['claude-code/t2-subagent', 0, 0, 0, 0, 0, 0],
	['codex/t2-0.154.0-record-and-count.jsonl', 5, 15_924, 110_336, 0, 0, 604],
	['codex/t2-own-long-tool.jsonl', 3, 83_064, 39_936, 0, 0, 300],
	['codex/t2-agent-sessions-shapes.jsonl', 1, 12_757, 3584, 0, 0, 81],
	['codex/t2-ccusage-alpha.jsonl', 2, 2750, 750, 0, 0, 425],
	['codex/t2-toktrack-sample.jsonl', 2, 400, 100, 0, 0, 200],
	['codex/t2-agent-sessions-053_rate_limit.jsonl', 1, 1211, 10_880, 0, 0, 182],
	['gemini-cli/t2-agent-sessions-v040.jsonl', 2, 12_422, 11_502, 0, 0, 228],
	['gemini-cli/t2-toktrack-session.json', 2, 280, 70, 0, 0, 330],
	['gemini-cli/t2-toktrack-no-session-model.json', 2, 690, 10, 0, 0, 170],
	['gemini-cli/t2-agentsview-standard.json', 2, 3350, 150, 0, 0, 650],
	['gemini-cli/t2-own-rewind-and-set.jsonl', 5, 14_400, 49_100, 0, 0, 200],
];

describe.runIf(existsSync(samples))('samples of coding agents', () => {
	test.each(expected)('%s', async (...row) => {
		const [path, ...sums] = row as unknown as readonly [string, ...number[]];
		const [requests, uncached, cacheRead, cacheWrite5m, cacheWrite1h, output] = sums;
		const found = await read(path);
		// The table is of those that tell any count.
		const counted = found.requests.filter(({usage}) => usage && !isEmpty(usage));
		expect(totalsOf(counted)).toEqual({requests, uncached, cacheRead, cacheWrite5m, cacheWrite1h, output});
	});

	test.each<[path: string, requests: number | null, ...tokens: number[]]>([
		['agents/copilot-cli/t2-no-store', 7, 21, 83_191, 15_058, 0, 676],
		['agents/grok/t2-sessions', 120, 759_631, 12_092_032, 0, 0, 36_633],
		['agents/goose/t2-data', null, 50, 0, 0, 0, 5],
		['agents/zed/t2-threads', null, 5400, 20_000, 0, 0, 900],
	])('%s keeps sums, too', async (path, requests, uncached, cacheRead, cacheWrite5m, cacheWrite1h, output) => {
		const {readings} = await read(path);
		expect(sumsOf(readings)).toMatchObject([
			{requests: requests ?? undefined, tokens: {uncached, cacheRead, cacheWrite5m, cacheWrite1h, output}},
		]);
	});
});
