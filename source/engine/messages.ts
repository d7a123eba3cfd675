import type {Against} from '../metrics/compare.js';
import type {Filter} from '../metrics/filter.js';
import type {Mark} from '../metrics/marks.js';
import type {Report} from '../metrics/report/report.js';
import type {View} from '../metrics/windows/window.js';
import type {Snapshot} from '../monitor/snapshot.js';
import type {Options} from '../session/options.js';
import type {Screenshot} from './write-snapshot.js';

/** A thread whose details are wanted. */
export type Focus = {readonly name: string | undefined};

/**
 * Identifies the report to be exported. The worker exports it from the store, because the screen has only the newest
 * requests.
 */
export type Exported = Pick<Report, 'window' | 'filter' | 'generatedAt'>;

/** What the screen asks for. Questions are numbered, to distinguish answers from earlier snapshots. */
export type Question =
	| {readonly kind: 'show'; readonly view: View}
	| {readonly kind: 'narrow'; readonly filter: Filter}
	| {readonly kind: 'focus'; readonly thread: Focus | undefined}
	| {readonly kind: 'compare'; readonly against: Against | undefined};

/** Messages from the screen to the engine. */
export type ToEngine =
	/** The first message: what to read and keep. */
	| {readonly kind: 'open'; readonly options: Options}
	| Question
	| {readonly kind: 'export'; readonly task: number; readonly report: Exported; readonly screenshot: Screenshot}
	/** A mark for as long as the engine runs; it is not saved. */
	| {readonly kind: 'mark'; readonly mark: Mark}
	| {readonly kind: 'stop'};

/** Messages from the engine to the screen. */
export type FromEngine =
	/** The sources have been found but not read yet. */
	| {
			readonly kind: 'opened';
			readonly title: string;
			/** The places that were searched, as the user named them. */
			readonly lookedAt: readonly string[];
			readonly snapshot: Snapshot;
	  }
	/** @property answered number of the last question that the snapshot answers */
	| {readonly kind: 'snapshot'; readonly snapshot: Snapshot; readonly answered: number}
	| {readonly kind: 'exported'; readonly task: number; readonly paths: readonly string[]}
	| {readonly kind: 'not-exported'; readonly task: number; readonly message: string}
	/** The command line is not valid; the message is for the user. */
	| {readonly kind: 'refused'; readonly message: string; readonly exitCode: number};
