/** The verbs that read logs and accept the flags that say what to read and how. */
export const readers = ['screen', 'report', 'check', 'serve', 'why', 'prices', 'doctor'] as const;

/** The verbs that use the stores of sources, and accept the flags that identify a store. */
export const storeReaders = [...readers, 'status', 'ship'] as const;

/** All verbs, in the order of the help. `screen` runs if no verb is given, and is never typed. */
export const verbs = {
	screen: {words: '[SOURCE…]', meaning: 'live screen; where stdout is not a terminal, the report'},
	report: {words: '[SOURCE…]', meaning: 'the report once'},
	check: {words: '[SOURCE…]', meaning: 'test thresholds: one line, an exit code, alerts'},
	serve: {words: '[SOURCE…]', meaning: 'without a screen: keeps, alerts, serves /metrics'},
	why: {words: '[THREAD] [SOURCE…]', meaning: 'the most expensive breaks, and what happened before them'},
	status: {words: '[SOURCE…]', meaning: 'one line for tmux, a prompt or a status line, from what is kept'},
	prices: {words: '[SOURCE…]', meaning: 'what each model was priced as, and from where'},
	doctor: {words: '[SOURCE…]', meaning: 'what was found and read, and what to do about it'},
	mark: {
		words: '[TEXT]',
		meaning: 'name this moment in the trend (a deploy, a new prompt); without TEXT, list the marks',
	},
	store: {words: '[ACTION]', meaning: 'what is kept on disk; check, rebuild, vacuum, or forget SOURCE'},
	ship: {
		words: 'CLICKHOUSE [SOURCE…]',
		meaning: 'send what is new to a ClickHouse, once; serve --ship does it for good',
	},
	fleet: {
		words: 'ACTION CLICKHOUSE',
		meaning:
			'many hosts on one ClickHouse: init makes the tables, status tells who shipped what, keep joins threads of several hosts and keeps sums',
	},
	grafana: {words: '', meaning: 'a Grafana dashboard for the metrics of serve'},
	completions: {words: 'SHELL', meaning: 'for bash, zsh or fish'},
	man: {words: '', meaning: 'this as a manual page, for man -l -'},
	help: {words: '[COMMAND]', meaning: 'what a command does, and its flags; help numbers: what the figures mean'},
} as const satisfies Readonly<Record<string, {readonly words: string; readonly meaning: string}>>;

/** Name of a verb; `screen` is the default and cannot be typed. */
export type VerbName = keyof typeof verbs;

/** The verbs that can be typed. */
export type TypedVerb = Exclude<VerbName, 'screen'>;

/** All verbs but `screen`, in the order of the help. */
export const typedVerbs = Object.keys(verbs).filter((name): name is TypedVerb => name !== 'screen');

/** True if a word is a verb. */
export const isVerb = (word: string): word is TypedVerb => typedVerbs.some(name => name === word);

/** The usage of a verb: `hitrate report [SOURCE…]`. */
export const usageOf = (name: VerbName): string =>
	['hitrate', name === 'screen' ? '' : name, verbs[name].words].filter(word => word !== '').join(' ');

/** Actions of `hitrate store`; without one, it lists the stores. */
export const storeActions = ['check', 'rebuild', 'vacuum', 'forget'] as const;
