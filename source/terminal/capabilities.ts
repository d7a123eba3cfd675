/** What the terminal can do, as far as the environment tells. */
type Capabilities = {
	/** Box drawing, blocks and braille may be used. */
	readonly unicode: boolean;
	readonly colour: boolean;
	/** A screen can be drawn and kept up to date. */
	readonly interactive: boolean;
	readonly columns: number;
	readonly rows: number;
};

/** What tells the capabilities of a terminal. */
export type CapabilityFacts = {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly output: {
		readonly isTTY?: boolean | undefined;
		readonly columns?: number | undefined;
		readonly rows?: number | undefined;
	};
	/** As in `process.platform`. */
	readonly platform?: string;
	/** The user asked for no colour. */
	readonly noColor?: boolean;
	/** The user asked for 7-bit characters. */
	readonly ascii?: boolean;
};

/** The locale of characters: the first of these that is set, empty ones being unset (POSIX, XBD 8.2). */
const isUtf8Locale = ({LC_ALL, LC_CTYPE, LANG}: CapabilityFacts['env']) =>
	/utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '');

/** FORCE_COLOR outranks NO_COLOR, as in Node (https://nodejs.org/api/cli.html#force_color1-2-3); https://no-color.org. */
const wantsColour = (env: CapabilityFacts['env'], interactive: boolean) => {
	const force = env.FORCE_COLOR;
	if (force !== undefined) {
		return force !== '0' && force !== 'false';
	}
	return interactive && !env.NO_COLOR;
};

const size = (stream: number | undefined, variable: string | undefined, fallback: number) =>
	stream || (/^[1-9]\d{0,3}$/.test(variable ?? '') ? Number(variable) : fallback);

/** Looks at nothing but its arguments. `CI` does not matter: a terminal in CI is a terminal. */
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
