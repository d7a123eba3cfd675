/** What the terminal can do, judged from the environment. */
type Capabilities = {
	/** True if box drawing, blocks and braille can be used. */
	readonly unicode: boolean;
	readonly colour: boolean;
	/** True if a screen can be drawn and updated. */
	readonly interactive: boolean;
	readonly columns: number;
	readonly rows: number;
};

/** What the capabilities of a terminal are derived from. */
export type CapabilityFacts = {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly output: {
		readonly isTTY?: boolean | undefined;
		readonly columns?: number | undefined;
		readonly rows?: number | undefined;
	};
	/** `process.platform`. */
	readonly platform?: string;
	/** True if the user disabled colours. */
	readonly noColor?: boolean;
	/** True if the user asked for 7-bit characters. */
	readonly ascii?: boolean;
};

/** The character locale is the first of these variables that is set and not empty (POSIX, XBD 8.2). */
const isUtf8Locale = ({LC_ALL, LC_CTYPE, LANG}: CapabilityFacts['env']) =>
	/utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '');

/**
 * FORCE_COLOR takes precedence over NO_COLOR, as in Node (https://nodejs.org/api/cli.html#force_color1-2-3);
 * https://no-color.org.
 */
const wantsColour = (env: CapabilityFacts['env'], interactive: boolean) => {
	const force = env.FORCE_COLOR;
	if (force !== undefined) {
		return force !== '0' && force !== 'false';
	}
	return interactive && !env.NO_COLOR;
};

const size = (stream: number | undefined, variable: string | undefined, fallback: number) =>
	stream || (/^[1-9]\d{0,3}$/.test(variable ?? '') ? Number(variable) : fallback);

/** Depends on its arguments only. `CI` is ignored: a terminal in CI is a terminal. */
export const detectCapabilities = ({
	env,
	output,
	platform = 'linux',
	noColor = false,
	ascii = false,
}: CapabilityFacts): Capabilities => {
	const interactive = output.isTTY === true && env.TERM !== 'dumb';
	return {
		unicode: !ascii && env.TERM !== 'linux' && (platform === 'win32' || isUtf8Locale(env)),
		colour: !noColor && wantsColour(env, interactive),
		interactive,
		columns: size(output.columns, env.COLUMNS, 80),
		rows: size(output.rows, env.LINES, 24),
	};
};
