import type {Against} from '../metrics/compare.js';
import type {Filter} from '../metrics/filter.js';
import type {Mark} from '../metrics/marks.js';
import type {Report} from '../metrics/report/report.js';
import type {View} from '../metrics/windows/window.js';
import type {Snapshot} from '../monitor/snapshot.js';
import type {Options} from '../session/options.js';
import type {ThreadData} from '../system/thread-role.js';
import type {Screenshot} from './write-snapshot.js';

/** What the engine is started with. */
export type EngineData = ThreadData & {readonly options: Options};

/** A thread to look at more closely. */
export type Focus = {readonly name: string | undefined};

/** Which report is to be exported: all of it is in the store, the screen has its newest requests only. */
export type Exported = Pick<Report, 'window' | 'filter' | 'generatedAt'>;

/** What the screen asks to see. Questions are counted, so that an answer is told from snapshots that came before it. */
export type Question =
	| {readonly kind: 'show'; readonly view: View}
	| {readonly kind: 'narrow'; readonly filter: Filter}
	| {readonly kind: 'focus'; readonly thread: Focus | undefined}
	| {readonly kind: 'compare'; readonly against: Against | undefined};

/** What the screen says to the engine. */
export type ToEngine =
	| Question
	| {readonly kind: 'export'; readonly task: number; readonly report: Exported; readonly screenshot: Screenshot}
	/** Is shown as long as the engine runs, and kept nowhere. */
	| {readonly kind: 'mark'; readonly mark: Mark}
	| {readonly kind: 'stop'};

/** What the engine says to the screen. */
export type FromEngine =
	/** The sources are found; they are not read yet. */
	| {
			readonly kind: 'opened';
			readonly title: string;
			/** The places that were looked at, as the user named them. */
			readonly lookedAt: readonly string[];
			readonly snapshot: Snapshot;
	  }
	/** @property answered how many of the questions it answers */
	| {readonly kind: 'snapshot'; readonly snapshot: Snapshot; readonly answered: number}
	| {readonly kind: 'exported'; readonly task: number; readonly paths: readonly string[]}
	| {readonly kind: 'not-exported'; readonly task: number; readonly message: string}
	/** What the command line asks for cannot be done; the message is for the user. */
	| {readonly kind: 'refused'; readonly message: string; readonly exitCode: number};
