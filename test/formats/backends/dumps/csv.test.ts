import {expect, test} from 'vitest';
import {csv} from '../../../../source/formats/backends/dumps/csv.js';
import {cellsOf} from '../../../../source/formats/backends/dumps/csv-cells.js';
import {formats} from '../../../../source/formats/table.js';
import {feed, formatContext, readLines} from '../../reading.js';

const all = {uncached: 10, cacheRead: 9000, cacheWrite5m: 500, cacheWrite1h: 0, output: 50};
const readOnly = {...all, uncached: 510, cacheWrite5m: 0};
const at = Date.UTC(2026, 10, 27, 10);

const spendLog =
	'"{""usage_object"": {""prompt_tokens"": 9510, ""completion_tokens"": 50, ""cache_read_input_tokens"": 9000, ""cache_creation_input_tokens"": 500}}"';

test.each([
	[
		"Cursor's usage, whose inputs do not overlap",
		'Date,User,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost',
		'"2026-11-27T10:00:00.000Z","a@b.c","Included","claude-4.5-sonnet","No","500","10","9,000","50","9,560","$0.01"',
		all,
	],
	[
		'the same, where one of them holds the other',
		'Date,Kind,Model,Max Mode,"Input (w/ Cache Write)","Input (w/o Cache Write)",Cache Read,Output Tokens,Total Tokens,Requests',
		'"2026-11-27T10:00:00.000Z","Included","claude-4.5-sonnet","No","510","10","9000","50","9560","1"',
		all,
	],
	[
		"OpenRouter's activity",
		'generation_id,created_at,cost_total,tokens_prompt,tokens_completion,tokens_reasoning,tokens_cached,model_permaslug,provider_name',
		'gen-1,2026-11-27 10:00:00.000,0.01,9510,50,0,9000,openai/gpt-5,OpenAI',
		readOnly,
	],
	[
		"LiteLLM's spend logs out of PostgreSQL",
		'request_id,call_type,spend,total_tokens,prompt_tokens,completion_tokens,startTime,endTime,model,custom_llm_provider,metadata,cache_hit',
		`c1,acompletion,0.01,9560,9510,50,2026-11-27 09:59:58+00,2026-11-27 10:00:00+00,claude-sonnet-4-5,anthropic,${spendLog},False`,
		all,
	],
	[
		'a data frame of pandas with a dict in a cell',
		',time,model,usage',
		`0,2026-11-27 10:00:00,claude-sonnet-4-5,"{'input_tokens': 10, 'cache_read_input_tokens': 9000, 'cache_creation_input_tokens': 500, 'output_tokens': 50}"`,
		all,
	],
	[
		'semicolons, and a text over two lines before the counts',
		'timestamp;answer;model;input_tokens;cache_read_input_tokens;cache_creation_input_tokens;output_tokens',
		'2026-11-27T10:00:00Z;"a ""b"";\nc";claude-sonnet-4-5;10;9000;500;50',
		all,
	],
	[
		'lines that CloudWatch Insights found',
		'@timestamp,@message',
		'2026-11-27 10:00:00.000,"{""usage"":{""input_tokens"":10,""cache_read_input_tokens"":9000,""cache_creation_input_tokens"":500,""output_tokens"":50}}"',
		all,
	],
])('%s', (_, header, row, expected) => {
	const log = `${header}\n${row}\n`;
	expect(formats.find(format => format.recognise(Buffer.from(log)))?.name).toBe('csv');
	const {requests} = readLines(csv, [`\uFEFF${header}\r`, row]);
	expect(requests.map(({time, usage}) => ({time, usage}))).toMatchObject([{time: at, usage: expected}]);
});

test.each([
	[
		"Anthropic's console, a row a day and model",
		'usage_date_utc,model_version,api_key,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens',
		['2026-11-26,claude-sonnet-4-5,k,10,500,200,9000,50', '2026-11-27,claude-sonnet-4-5,k,1,0,0,1000,5'],
		{requests: undefined, tokens: {uncached: 11, cacheRead: 10_000, cacheWrite5m: 500, cacheWrite1h: 200, output: 55}},
	],
	[
		"OpenAI's usage, with the number of calls",
		'start_time,end_time,start_time_iso,end_time_iso,num_model_requests,model,input_tokens,output_tokens,input_cached_tokens',
		['1795737600,1795824000,2026-11-27T00:00:00+00:00,2026-11-28T00:00:00+00:00,7,gpt-5,9510,50,9000'],
		{requests: 7, tokens: readOnly},
	],
])('%s: sums, and no requests', (_, header, rows, expected) => {
	const {requests, session} = readLines(csv, [header, ...rows]);
	expect(requests).toEqual([]);
	expect(session.sums).toMatchObject([expected]);
});

test('a call of Cursor that failed and used nothing is no request', () => {
	const header =
		'Date,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost';
	const row = '"2026-11-27T10:00:00.000Z","Errored, No Charge","gpt-5","No","0","0","0","0","0","0"';
	expect(readLines(csv, [header, row]).requests).toEqual([]);
});

test('rows that come later are read by the same header, also by another process', () => {
	const lines = (session: ReturnType<typeof csv.open>, text: string) => session.lines(Buffer.from(text), false);
	const found: string[] = [];
	const context = formatContext({onRequest: ({id}) => found.push(id)});
	const first = csv.open(context);
	feed(first, 'id,time,input_tokens,cache_read_input_tokens,output_tokens\na1,2026-11-27T10:00:00Z,1,2000,3\n');
	const second = csv.open(context, JSON.parse(JSON.stringify(first.save())));
	lines(second, 'a2,2026-11-27T10:01:00Z,1,2000,3\n');
	expect(found).toHaveLength(2);
});

test.each([
	'time,level,text\n2026-11-27,INFO,hello\n',
	'message, tokens and all\n',
	'2026-11-27 10:00:00,123 INFO tokens, cache, usage\n',
	'INFO usage input_tokens=5, cache_read_input_tokens=6, output_tokens=7\n',
])('%j is no table of calls', text => {
	expect(csv.recognise(Buffer.from(text))).toBe(false);
});

test('a cell over several lines, with quotes inside, ends where its quote does', () => {
	const rows = ['2026-11-27T10:00:00Z;"a', ' ""b""', '', '"";";"c', '";10;9000;500;50'];
	const header = 'timestamp;answer;more;input_tokens;cache_read_input_tokens;cache_creation_input_tokens;output_tokens';
	expect(readLines(csv, [header, ...rows]).requests).toMatchObject([{usage: all}]);
});

test('sums are kept apart of a bounded number of models', () => {
	const header = 'date,model,input_tokens,cache_read_input_tokens,output_tokens';
	const rows = Array.from({length: 2000}, (_, index) => `2026-11-27,model-${index},1,2000,3`);
	const {session} = readLines(csv, [header, ...rows]);
	expect(session.sums).toHaveLength(500);
	const saved = JSON.parse(JSON.stringify(session.save()));
	const more = csv.open(formatContext(), saved);
	more.lines(Buffer.from(`${rows.at(-1)}\n`), false);
	expect(more.sums?.at(-1)).toMatchObject({id: '', tokens: {uncached: 1502, cacheRead: 3_004_000, output: 4506}});
});

test('cells', () => {
	expect(cellsOf('a,"b ""c"", d",,e', ',')).toEqual(['a', 'b "c", d', '', 'e']);
	expect(cellsOf('a,"b', ',')).toBeUndefined();
	expect(cellsOf('', ',')).toEqual(['']);
});

const header = 'note,timestamp,model,input_tokens,cached_tokens,output_tokens';
const rowOf = (note: string) => `${note},2026-11-27T10:00:00Z,gpt-5,9510,9000,50`;

test.each([
	['a cell with a comma and no quotes', rowOf('hello, world')],
	['the rest of a row whose beginning is not known', 'rest",gpt-5,77,9510,9000,50,1'],
	['the row of totals', 'Total,,,9510,9000,50'],
	['averages', 'x,2026-11-27T10:00:00Z,gpt-5,9510.5,9000,50'],
	['prices', 'x,,gpt-5,0.000003,0.0000003,0.000015'],
])('%s is no call', (_, row) => {
	expect(readLines(csv, [header, row]).requests).toEqual([]);
	expect(readLines(csv, [header, row, rowOf('x')]).requests).toMatchObject([{usage: readOnly}]);
});

test('a row with a long conversation is left to its end, also where that holds rows', () => {
	const conversation = Array.from({length: 3000}, () => rowOf('said')).join('\n');
	const {requests} = readLines(csv, [header, rowOf(`"${conversation}\nsays ""x""`), `${rowOf('"')}"`, rowOf('x')]);
	expect(requests).toMatchObject([{usage: readOnly}]);
	const long = readLines(csv, [header, `"${conversation}",2026-11-27T10:00:00Z,gpt-5,1,0,1`, rowOf('x')]);
	expect(long.requests).toMatchObject([{usage: readOnly}]);
});

test('the sums of more models than are kept apart are all counted', () => {
	const rows = Array.from({length: 1000}, (_, index) => `2026-11-27,model-${index},9510,9000,50,2`);
	const {session} = readLines(csv, ['date,model,input_tokens,cached_tokens,output_tokens,num_requests', ...rows]);
	const sums = session.sums ?? [];
	expect(sums.length).toBeLessThan(600);
	expect(sums.reduce((all, {tokens}) => all + tokens.cacheRead, 0)).toBe(9_000_000);
	expect(sums.reduce((all, {requests = 0}) => all + requests, 0)).toBe(2000);
});

test.each([
	'timestamp,host,cpu_usage,mem_usage,cache',
	'time,disk_usage,token,user',
	'time,input_tokens,cached_tokens,input_tokens',
])('%s: no table of calls', columns => {
	expect(csv.recognise(Buffer.from(`${columns}\n`))).toBe(false);
});

test.each([
	[
		"Azure's lines",
		'TimeGenerated [UTC],Log_s',
		'"11/27/2026, 10:00:00.000 AM","{""usage"":{""input_tokens"":10,""cache_read_input_tokens"":9000,""cache_creation_input_tokens"":500,""output_tokens"":50}}"',
	],
	[
		"PostHog's events",
		'uuid,event,timestamp,properties.$ai_model,properties.$ai_input_tokens,properties.$ai_output_tokens,properties.$ai_cache_read_input_tokens,properties.$ai_cache_creation_input_tokens',
		'u-1,$ai_generation,2026-11-27T10:00:00Z,claude-sonnet-4-5,10,50,9000,500',
	],
])('%s', (_, header, row) => {
	expect(csv.recognise(Buffer.from(`${header}\n${row}\n`))).toBe(true);
	expect(readLines(csv, [header, row]).requests).toMatchObject([
		{
			time: Date.UTC(2026, 10, 27, 10),
			usage: {uncached: 10, cacheRead: 9000, cacheWrite5m: 500, output: 50},
		},
	]);
});
