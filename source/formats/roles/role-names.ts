/**
 * Names of the parts of a call in applications, gateways and tracers, in any spelling (`View`), most specific first.
 * Dots separate nested members, or are part of a flat name.
 */

/** The line's own time takes precedence over the time at which a provider started its response. */
const time = [
	'event.timestamp',
	'timestamp',
	'@timestamp',
	'@t',
	'dt',
	'time',
	'ts',
	'asctime',
	'instant',
	'datetime',
	'datetime_utc',
	'date',
	'eventTime',
	'logged_at',
	'endTimeUnixNano',
	'timeUnixNano',
	'observedTimeUnixNano',
	'hrTime',
	'end_time',
	'end_timestamp',
	'completed_at',
	'TimeGenerated',
	'time_iso8601',
	'time_local',
	'request_created_at',
	'response.timestamp',
	'created_at',
	'createTime',
	'created',
	'_time',
	'__REALTIME_TIMESTAMP',
] as const;

/** When the call was sent. */
const start = [
	'startTimeUnixNano',
	'start_time',
	'start_timestamp',
	'started_at',
	'request_start',
	'request_time',
	'startedDateTime',
	'start_ns',
] as const;

/** The duration in milliseconds. */
const milliseconds = [
	'duration_ms',
	'latency_ms',
	'delay_ms',
	'elapsed_ms',
	'response_time_ms',
	'request_duration_ms',
] as const;

/** Matches application-specific names that likely hold the time of a line. */
export const likelyTime =
	/(?:[Tt]ime|TIME|[Tt]imestamp|TIMESTAMP|[Dd]ate|DATE|[Ee]poch|EPOCH|^unix|_at|_AT|At|_ts|_TS|Ts|^ts)(?:(?:_in)?_(?:ms|ns|us|unix)|(?:In)?(?:Ms|Ns|Us|Millis|Nanos|Unix))?$/;
/** Matches names of other times or of durations. */
export const otherTime =
	/expir|reset|start|began|begin|until|uptime|valid|updated|modified|runtime|latency|elapsed|duration|birth|due|retry/i;

const id = [
	'gen_ai.response.id',
	'id',
	'responseId',
	'response_id',
	'message_id',
	'generation_id',
	'response.id',
] as const;
const request = ['request_id', 'requestId', 'req_id', 'prompt_id'] as const;
/** Identifies rows and spans that are otherwise equal. */
export const row = ['id', 'trace_id', 'span_id', 'traceId', 'spanId', '_id', 'event.sequence'] as const;

const model = [
	'gen_ai.response.model',
	'ai.response.model',
	'response_model',
	'$ai_model',
	'llm.model_name',
	'model',
	'model_id',
	'modelId',
	'model_name',
	'modelVersion',
	'model_slug',
	'response.modelId',
	'meta.model_name',
	'meta.response_model',
	'ai.model.id',
	'deployment',
	'deployment_name',
] as const;
const requestedModel = [
	'gen_ai.request.model',
	'request.model',
	'request.modelId',
	'response_metadata.model_name',
	'response_metadata.model',
	'metadata.model',
	'metadata.model_name',
	'ls_model_name',
	'llm.request.model',
	'request_model',
	'requested_model',
	'meta.request_model',
	...['span', 'context', 'ctx', 'extra', 'labels', 'tags', 'meta', 'params', 'req'].map(holder => `${holder}.model`),
];

/** Names of a conversation's id, also within the context that loggers add. */
export const threadNames = ['thread_id', 'session_id', 'conversation_id', 'chat_id', 'session.id', 'conversation.id'];
/** Members with what a logger adds to each line: of a request, a span, Java's MDC. */
const loggersContexts = ['ctx', 'context', 'extra', 'span', 'mdc', 'contextMap', 'labels'];
const thread = [
	'gen_ai.conversation.id',
	...threadNames,
	...['metadata', ...loggersContexts].flatMap(holder => threadNames.map(name => `${holder}.${name}`)),
	'$ai_session_id',
	'langfuse.session.id',
	'$ai_trace_id',
	'trace_id',
	'metadata.trace_id',
	'contexts.trace.trace_id',
] as const;
const project = [
	'project',
	'project_id',
	'metadata.project',
	'metadata.project_id',
	'service.name',
	'ServiceName',
	'service',
] as const;

const agent = ['gen_ai.agent.name', 'agent_name', 'agent', 'query_source', 'agent_id'] as const;
const provider = [
	'provider_name',
	'custom_llm_provider',
	'gen_ai.provider.name',
	'gen_ai.system',
	'llm.provider',
	'$ai_provider',
	'ai.model.provider',
	'meta.model_provider',
	'meta.provider_name',
	'provider',
] as const;
const client = ['client', 'user_agent', 'user_agent.original'] as const;

const tier = ['service_tier', 'serviceTier'] as const;
const speed = ['speed'] as const;
const effort = ['reasoning_effort', 'reasoning.effort', 'effort'] as const;
const thinking = ['thinking.type', 'thinking'] as const;
const toolChoice = ['tool_choice.type', 'tool_choice'] as const;
const retention = ['prompt_cache_retention', 'promptCacheRetention'];
const cacheLifetime = [
	'prompt_cache_options.ttl',
	...retention,
	...retention.map(name => `request.${name}`),
	...retention.map(name => `model_parameters.${name}`),
	...retention.map(name => `optional_params.${name}`),
	...retention.map(name => `metadata.${name}`),
] as const;
const geography = ['inference_geo'] as const;
/** AI SDK's object about the provider, whose only member is named after it. */
const metadata = ['providerMetadata', 'experimental_providerMetadata', 'ai.response.providerMetadata'] as const;
/** Name and version of a program. */
const program = ['service.name'] as const;
const version = ['app.version', 'service.version'] as const;

/** Indicates that a call failed. */
const failure = ['status', 'outcome', 'finish_reason', 'stop_reason', 'level', 'type', 'subtype'] as const;

const error = ['error'] as const;
const isError = ['is_error'] as const;
const statusCode = ['status_code', 'statusCode', 'http.status_code'] as const;

/** The names of each part of a call, most specific first. */
export const roleNames = {
	time,
	start,
	milliseconds,
	id,
	request,
	model,
	requestedModel,
	thread,
	project,
	agent,
	provider,
	client,
	tier,
	speed,
	effort,
	thinking,
	toolChoice,
	cacheLifetime,
	geography,
	metadata,
	program,
	version,
	failure,
	error,
	isError,
	statusCode,
} as const;

/** A part of a call, by its key in `roleNames`. */
export type Role = keyof typeof roleNames;
