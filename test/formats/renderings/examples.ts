const counts = '"input_tokens":10,"cache_creation_input_tokens":500,"cache_read_input_tokens":9000,"output_tokens":50';
const quoted = counts.replaceAll('"', "'").replaceAll(':', ': ').replaceAll(',', ', ');
const bare = quoted.replaceAll("'", '');
const pairs = bare.replaceAll(': ', '=');

/** What a line may look like, each with one that tells the same usage. */
export const renderings: Readonly<Record<string, string>> = {
	JSON: `{"usage":{${counts}}}`,
	'JSON with NaN': `{"score":NaN,"usage":{${counts}}}`,
	'JSON inside of JSON text': `{"body":${JSON.stringify(`{"usage":{${counts}}}`)}}`,
	'JSON with text around it': `2026-11-27T10:00:00Z INFO usage {${counts}} took=1s`,
	'JSON over several lines': `{\n  "usage": {\n    ${counts.replaceAll(',', ',\n    ')}\n  }\n}`,
	'lists and documents of records': `{"data":[{"id":"msg_1","usage":{${counts}}}]}`,
	logfmt: `level=info ${pairs.replaceAll(', ', ' ')}`,
	'groups of slog': `level=INFO usage.${pairs.replaceAll(', ', ' usage.')}`,
	'Python dicts': `INFO usage {${quoted}}`,
	'pydantic and dataclasses': `INFO Usage(${pairs})`,
	'Node inspect': `usage: {\n  ${bare.replaceAll(', ', ',\n  ')}\n}`,
	'Ruby inspect': `INFO -- : usage {:${pairs.replaceAll(', ', ', :').replaceAll('=', '=>')}}`,
	'Rust Debug': `INFO app: Usage { ${bare.replace('9000', 'Some(9000)')} }`,
	'Go %+v': 'usage: {InputTokens:10 CacheCreationInputTokens:500 CacheReadInputTokens:9000 OutputTokens:50}',
	'Java and Kotlin records': `INFO Usage[${pairs}]`,
	'.NET records':
		'info: Usage { InputTokens = 10, CacheCreationInputTokens = 500, CacheReadInputTokens = 9000, OutputTokens = 50 }',
	'Swift values': `INFO Usage(${bare.replace('500', 'Optional(500)')})`,
	'Elixir maps': `[info] usage: %{${bare}}`,
	'Clojure maps': `INFO usage {:${bare.replaceAll(': ', ' ').replaceAll(', ', ', :')}}`,
	'Go maps': `usage map[${bare.replaceAll(': ', ':').replaceAll(',', '')}]`,
	'PHP print_r': `usage Array\n(\n    [${pairs.replaceAll('=', '] => ').replaceAll(', ', '\n    [')}\n)\n`,
	'PHP var_dump': `array(4) {\n  ["${pairs.replaceAll(/=(\d+)/g, '"]=>\n  int($1)').replaceAll(', ', '\n  ["')}\n}`,
	"Symfony's dump": `^ Acme\\Usage^ {#12\n  +"${bare.replaceAll(': ', '": ').replaceAll(', ', '\n  +"')}\n}`,
	'PHP arrays': `usage array (\n  ${quoted.replaceAll(': ', ' => ').replaceAll(', ', ',\n  ')},\n)`,
};
