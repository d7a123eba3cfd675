/** How writers of many kinds log a call: what they write of each, from values that a test chooses. */

/** Chooses a value for a place in a line: JSON, as it stands there. */
export type Values = {
	readonly count: () => string;
	/** A text in quotes. */
	readonly name: () => string;
	/** A text in quotes that names a person, and perhaps a session. */
	readonly user: () => string;
	readonly time: () => string;
	/** Seconds or more of an epoch. */
	readonly instant: () => string;
	/** A number of any kind. */
	readonly number: () => string;
	/** A text in quotes, of a person. */
	readonly message: () => string;
	/** Whatever JSON can hold. */
	readonly anything: () => string;
};

type Writer = (values: Values) => string;

const anthropic = ({count}: Values) =>
	`{"input_tokens":${count()},"cache_read_input_tokens":${count()},"cache_creation_input_tokens":${count()},"output_tokens":${count()}}`;
/** What a text in quotes says, or any other value as it stands there. */
const text = (value: string) => value.replaceAll('"', '');
const structured = (values: Values) =>
	`{"timestamp":${values.time()},"level":"info","msg":${values.message()},"model":${values.name()},"thread_id":${values.name()},"extra":${values.anything()},"usage":${anthropic(values)}}`;
const untimed = (values: Values) =>
	`{"model": ${values.name()}, "session_id": ${values.name()}, "messages": ${values.anything()}, "usage": ${anthropic(values)}}`;
const response = (values: Values) =>
	`{"id":${values.name()},"model":${values.name()},"content":${values.anything()},"note":${values.message()},"usage":${anthropic(values)}}`;
const attribute = (key: string, type: string, value: string) => `{"key":"${key}","value":{"${type}":${value}}}`;

export const writers: Readonly<Record<string, Writer>> = {
	structlog: values =>
		`{"event": "llm call", "model": ${values.name()}, "thread_id": ${values.name()}, "usage": ${anthropic(values)}, "level": "info", "timestamp": ${values.time()}}`,
	pino: values =>
		`{"level":30,"time":${values.instant()},"pid":${values.number()},"hostname":${values.name()},"msg":${values.message()},"responseTime":${values.number()},"requestId":${values.name()},"usage":${anthropic(values)}}`,
	'anthropic response': values =>
		`{"timestamp":${values.time()},"response":{"id":${values.name()},"type":"message","model":${values.name()},"content":${values.anything()},"stop_reason":"end_turn","usage":{"input_tokens":${values.count()},"cache_creation_input_tokens":${values.count()},"cache_read_input_tokens":${values.count()},"cache_creation":{"ephemeral_5m_input_tokens":${values.count()},"ephemeral_1h_input_tokens":${values.count()}},"output_tokens":${values.count()},"service_tier":"standard","iterations":[{"type":"message","input_tokens":${values.count()},"output_tokens":${values.count()}}]}}}`,
	'chat completion': values =>
		`{"ts":${values.instant()},"created":${values.instant()},"id":${values.name()},"model":${values.name()},"choices":${values.anything()},"usage":{"prompt_tokens":${values.count()},"completion_tokens":${values.count()},"total_tokens":${values.count()},"prompt_tokens_details":{"cached_tokens":${values.count()},"cache_write_tokens":${values.count()}}}}`,
	'with duration': values =>
		`{"time":${values.time()},"duration_ms":${values.number()},"user":${values.name()},"session_id":${values.name()},"model":${values.name()},"input_tokens":${values.count()},"output_tokens":${values.count()},"cache_read_input_tokens":${values.count()}}`,
	'from start to end': values =>
		`{"start_time":${values.time()},"end_time":${values.time()},"status":"ok","provider":${values.name()},"cost":${values.number()},"usage":{"prompt_tokens":${values.count()},"completion_tokens":${values.count()},"prompt_cache_hit_tokens":${values.count()}}}`,
	langchain: values =>
		`{"date":${values.time()},"level":"INFO","message":${values.message()},"usage_metadata":{"input_tokens":${values.count()},"output_tokens":${values.count()},"total_tokens":${values.count()},"input_token_details":{"cache_read":${values.count()},"cache_creation":${values.count()}}},"response_metadata":{"model_name":${values.name()}}}`,
	'AI SDK': values =>
		`{"finishedAt":${values.time()},"modelId":${values.name()},"usage":{"inputTokens":${values.count()},"outputTokens":${values.count()},"totalTokens":${values.count()},"cachedInputTokens":${values.count()}},"providerMetadata":{"anthropic":{"cacheCreationInputTokens":${values.count()}}}}`,
	gemini: values =>
		`{"createTime":${values.time()},"responseId":${values.name()},"modelVersion":${values.name()},"usageMetadata":{"promptTokenCount":${values.count()},"candidatesTokenCount":${values.count()},"cachedContentTokenCount":${values.count()},"totalTokenCount":${values.count()}}}`,
	'flat attributes': values =>
		`{"Timestamp":${values.time()},"TraceId":${values.name()},"SpanId":${values.name()},"ServiceName":"api","SpanAttributes":{"gen_ai.operation.name":"chat","gen_ai.request.model":${values.name()},"gen_ai.usage.input_tokens":${values.count()},"gen_ai.usage.output_tokens":${values.count()},"gen_ai.usage.cache_read.input_tokens":${values.count()}}}`,
	bedrock: values =>
		`{"timestamp":${values.time()},"requestId":${values.name()},"schemaType":"ModelInvocationLog","modelId":${values.name()},"input":{"inputTokenCount":${values.count()},"cacheReadInputTokenCount":${values.count()},"cacheWriteInputTokenCount":${values.count()}},"output":{"outputTokenCount":${values.count()}}}`,
	otlp: values =>
		`{"resourceSpans":[{"resource":{"attributes":[${attribute('service.name', 'stringValue', '"api"')}]},"scopeSpans":[{"scope":{"name":"x"},"spans":[${[0, 1].map(() => span(values)).join(',')}]}]}]}`,
	'otlp with times in quotes': values =>
		`{"resourceSpans":[{"resource":{"attributes":[${attribute('service.name', 'stringValue', values.name())}]},"scopeSpans":[{"scope":{"name":"y"},"spans":[{"traceId":${values.name()},"spanId":${values.name()},"name":"chat","startTimeUnixNano":"${values.instant().replaceAll('"', '')}000000000","endTimeUnixNano":"${values.instant().replaceAll('"', '')}500000000","attributes":[${attribute('gen_ai.usage.input_tokens', 'intValue', `"${values.count().replaceAll('"', '')}"`)},${attribute('gen_ai.usage.output_tokens', 'intValue', values.count())},${attribute('gen_ai.usage.cache_read.input_tokens', 'intValue', values.count())}]}],"schemaUrl":${values.message()}}]}]}`,
	'flat with dots': values =>
		`{"time":${values.time()},"level":"INFO","llm.model":${values.name()},"usage.input_tokens":${values.count()},"usage.cache_read_input_tokens":${values.count()},"usage.output_tokens":${values.count()},"req.id":${values.name()}}`,
	'flat with a prefix': values =>
		`{"ts_ms":${values.instant()},"msg":${values.message()},"usage_input_tokens":${values.count()},"usage_cache_read_input_tokens":${values.count()},"usage_output_tokens":${values.count()},"model":${values.name()}}`,
	'short names': values =>
		`{"createdAt":${values.time()},"model":${values.name()},"tokens":{"input":${values.count()},"output":${values.count()},"cache":{"read":${values.count()},"write":${values.count()}}}}`,
	'in quotes': values => `{"ts":${values.time()},"body":${JSON.stringify(`{"usage":${anthropic(values)}}`)}}`,
	'docker json-file': values =>
		`{"log":${JSON.stringify(`${structured(values)}\n`)},"stream":"stdout","time":${values.time()}}`,
	'docker json-file of a line without a time': values =>
		`{"log":${JSON.stringify(`${untimed(values)}\n`)},"stream":"stderr","attrs":{"tag":${values.name()}},"time":${values.time()}}`,
	'journald JSON': values =>
		`{"__CURSOR":${values.name()},"__REALTIME_TIMESTAMP":"${values.instant().replaceAll('"', '')}000000","PRIORITY":"6","_PID":${values.number()},"_HOSTNAME":${values.name()},"MESSAGE":${JSON.stringify(structured(values))},"_COMM":${values.message()}}`,
	GELF: values =>
		`{"version":"1.1","host":${values.name()},"short_message":${JSON.stringify(untimed(values))},"full_message":${values.message()},"timestamp":${values.instant()},"level":6,"_container_name":${values.name()}}`,
	'Cloud Logging': values =>
		`{"insertId":${values.name()},"textPayload":${JSON.stringify(`${text(values.time())} INFO app: usage ${untimed(values)}`)},"resource":{"type":"k8s_container","labels":{"pod_name":${values.name()}}},"timestamp":${values.time()},"receiveTimestamp":${values.time()}}`,
	'a prefix in a line that is carried': values =>
		`{"message":${JSON.stringify(`[${text(values.time())}] {12} INFO usage ${anthropic(values)}\n`)},"container_name":${values.name()}}`,
	'a body in quotes': values =>
		`{"timestamp":${values.time()},"response_body":${JSON.stringify(response(values))},"status":200,"path":${values.message()}}`,
	loguru: values =>
		`{"text": ${JSON.stringify(`${text(values.time())} | INFO | app:run:12 - call\n`)}, "record": {"elapsed": {"seconds": ${values.number()}}, "extra": {"model": ${values.name()}, "usage": ${anthropic(values)}}, "message": ${values.message()}, "time": {"repr": ${values.time()}, "timestamp": ${values.instant()}}}}`,
	'telemetry of an agent': values =>
		`{"resourceLogs":[{"resource":{"attributes":[${attribute('service.name', 'stringValue', '"claude-code"')}]},"scopeLogs":[{"scope":{},"logRecords":[{"timeUnixNano":"${text(values.instant())}000000000","body":{"stringValue":"claude_code.api_request"},"attributes":[${[
			attribute('event.timestamp', 'stringValue', values.time()),
			attribute('session.id', 'stringValue', values.name()),
			attribute('input_tokens', 'stringValue', `"${text(values.count())}"`),
			attribute('output_tokens', 'stringValue', `"${text(values.count())}"`),
			attribute('cache_read_tokens', 'stringValue', `"${text(values.count())}"`),
			attribute('cache_creation_tokens', 'stringValue', `"${text(values.count())}"`),
			attribute('duration_ms', 'stringValue', `"${text(values.number())}"`),
			attribute('request_id', 'stringValue', values.name()),
		].join(',')}]}]}]}]}`,
	'payload of LiteLLM': values =>
		`{"id":${values.name()},"trace_id":${values.name()},"session_id":"","call_type":"acompletion","cache_hit":null,"status":"success","custom_llm_provider":"anthropic","startTime":${values.instant()},"endTime":${values.instant()},"model":"anthropic/claude-sonnet-4-5","metadata":{"user_api_key_alias":${values.name()},"requester_metadata":{"user_id":${values.user()}},"usage_object":{"prompt_tokens":${values.count()},"completion_tokens":${values.count()},"total_tokens":${values.count()},"cache_creation_input_tokens":${values.count()},"cache_read_input_tokens":${values.count()}},"attempted_retries":0},"response_cost":${values.number()},"prompt_tokens":${values.count()},"completion_tokens":${values.count()},"total_tokens":${values.count()},"api_base":"https://api.example.com/v1","model_group":${values.name()},"model_id":${values.name()},"messages":${values.anything()},"response":{"id":${values.name()},"usage":{"prompt_tokens":${values.count()}}}}`,
	'row of LiteLLM in docker': values =>
		`{"log":${JSON.stringify(`{"request_id":${values.name()},"call_type":"acompletion","spend":${values.number()},"model":${values.name()},"custom_llm_provider":"openai","startTime":${values.time()},"endTime":${values.time()},"api_base":"","metadata":{"usage_object":{"prompt_tokens":${values.count()},"completion_tokens":${values.count()},"prompt_tokens_details":{"cached_tokens":${values.count()}}},"attempted_fallbacks":1},"session_id":${values.name()}}\n`)},"stream":"stdout","time":${values.time()}}`,
	'of a row': values =>
		`{"id":${values.number()},"at":${values.time()},"conversation_id":${values.name()},"tokens":${anthropic(values)},"extra":{"name":${values.name()},"list":${values.anything()}}}`,
};

const span = (values: Values): string =>
	`{"traceId":${values.name()},"spanId":${values.name()},"parentSpanId":${values.name()},"name":"chat","startTimeUnixNano":"17934912007${values.count()}","endTimeUnixNano":${values.instant()},"attributes":[${[
		attribute('gen_ai.request.model', 'stringValue', values.name()),
		attribute('gen_ai.usage.input_tokens', 'intValue', `"${values.count()}"`),
		attribute('gen_ai.usage.output_tokens', 'intValue', values.count()),
		attribute('gen_ai.usage.cache_read.input_tokens', 'intValue', `"${values.count()}"`),
		attribute('gen_ai.conversation.id', 'stringValue', values.name()),
	].join(',')}],"status":{}}`;
