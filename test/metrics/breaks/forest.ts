import {causeOf, wroteTheSame} from '../../../source/metrics/breaks/cause.js';
import {
	apart,
	type ChainEnd,
	endOf,
	firstCall,
	held,
	isSameAgent,
	isSameModel,
	leastShare,
} from '../../../source/metrics/breaks/chain.js';
import {chooseEnd, type Match} from '../../../source/metrics/breaks/choose.js';
import type {ColdKind} from '../../../source/metrics/breaks/facts.js';
import {isStale} from '../../../source/metrics/breaks/lifetime.js';
import type {BreakCause} from '../../../source/metrics/breaks/loss.js';
import {isBreak, lostOf, lostWithin} from '../../../source/metrics/breaks/lost.js';
import {sumOfPaid} from '../../../source/metrics/breaks/paid-tokens.js';
import {isMeasured, type MeasuredRequest} from '../../../source/metrics/measured.js';
import {inputTokens, type Request, writtenTokens} from '../../../source/request.js';

/**
 * The facts of a thread with all its requests known and no state carried from one to the next: each request points at
 * the one that it continues, and who has which children tells the rest.
 */
type Node = {
	readonly request: MeasuredRequest & Pick<Request, 'id'>;
	readonly end: ChainEnd<number>;
	readonly parent: Node | undefined;
	readonly match: Match | undefined;
	readonly lost: number;
	readonly cause: BreakCause | undefined;
	readonly kind: ColdKind | undefined;
	/** The larger chain that it began beside. */
	readonly over: Node | undefined;
};

/** What one request comes to: its break, its small loss, its cold start. */
type Found = readonly [
	id: string,
	loss: readonly [BreakCause, number] | undefined,
	small: number | undefined,
	cold: ColdKind | undefined,
];

const mostEnds = 16;
const mostWaiting = 8;

export const forestOf = (requests: readonly Request[]): readonly Found[] => {
	const nodes: Node[] = [];
	const forgotten = new Set<Node>();
	const childrenOf = (node: Node) => nodes.filter(({parent}) => parent === node);
	const continues = ({match, cause}: Node) => match === 'read' || (match !== undefined && cause === undefined);
	const takesOver = ({cause}: Node) => cause !== undefined && cause !== 'expired' && cause !== 'concurrent';
	const isOpen = (node: Node) =>
		held(node.end) > 0 &&
		!forgotten.has(node) &&
		!childrenOf(node).some(child => continues(child) || child.cause === 'expired');
	const never = {key: -1, before: undefined as never, after: undefined as never};
	const open = () =>
		nodes.filter(isOpen).map(node => ({
			...node.end,
			key: nodes.indexOf(node),
			suspended: childrenOf(node).some(takesOver) ? never : undefined,
		}));
	for (const [index, request] of requests.entries()) {
		if (!isMeasured(request)) {
			continue;
		}
		const ends = open();
		const chosen = chooseEnd({ends, beginnings: []}, request);
		const end = chosen?.end;
		const lost = end
			? sumOfPaid(chosen.match === 'read' && end.automatic ? lostWithin(request) : lostOf(request, end))
			: 0;
		const isBroken = end && chosen.match !== 'read' && isBreak(lostOf(request, end), request, end);
		const {kind, over} = chosen ? {kind: undefined, over: undefined} : beginning(ends, nodes, request);
		const own = endOf(request, index, end);
		nodes.push({
			request,
			end: own,
			parent: end && nodes[end.key],
			match: chosen?.match,
			lost,
			cause: isBroken ? causeOf(request, end).cause : undefined,
			kind: held(own) > 0 ? kind : undefined,
			over: over && held(own) > 0 ? nodes[over.key] : undefined,
		});
		for (let all = open(); all.length > mostEnds; all = open()) {
			const worth = ({suspended, continued}: ChainEnd<number>) => (suspended ? 0 : continued ? 2 : 1);
			const least = Math.min(...all.slice(0, -1).map(worth));
			forgotten.add(nodes[(all.find(one => worth(one) === least) as ChainEnd<number>).key] as Node);
		}
	}
	const after = (node: Node) => nodes.slice(nodes.indexOf(node) + 1);
	return nodes.map(node => {
		const {request, parent, lost, cause, end} = node;
		if (parent && takesOver(node) && childrenOf(parent).some(child => child.match === 'read')) {
			const isSwitch =
				!isSameModel(request.model, parent.request.model) ||
				(request.provider !== undefined &&
					parent.request.provider !== undefined &&
					request.provider !== parent.request.provider);
			return [request.id, undefined, undefined, held(end) === 0 ? undefined : isSwitch ? 'switched' : 'side'];
		}
		return [
			request.id,
			cause ? [cause, lost] : undefined,
			cause || lost === 0 ? undefined : lost,
			node.over && isBeside(node, node.over) ? 'side' : node.kind,
		];
	});

	/** Whether the larger chain was found to go on, within its lifetime, after a chain had begun beside it. */
	function isBeside(node: Node, over: Node): boolean {
		const continuation = after(node).find(
			child => child.parent === over && (continues(child) || takesOver(child) || child.cause === 'expired'),
		);
		if (!continuation || isStale(continuation.request, over.end)) {
			return false;
		}
		const waiting = nodes.filter(one => one.over === over && nodes.indexOf(one) < nodes.indexOf(continuation));
		return waiting.slice(-mostWaiting).includes(node);
	}
};

const mostBeginnings = 8;

const beginning = (
	ends: readonly ChainEnd<number>[],
	nodes: readonly Node[],
	request: MeasuredRequest,
): {readonly kind: ColdKind | undefined; readonly over: ChainEnd<number> | undefined} => {
	const input = inputTokens(firstCall(request));
	if (firstCall(request).cacheRead >= input * 0.95) {
		return {kind: undefined, over: undefined};
	}
	if (ends.length === 0) {
		return {kind: 'first', over: undefined};
	}
	const larger = ends
		.filter(end => !end.suspended && isSameAgent(end, request) && isSameModel(end.model, request.model))
		.filter(end => input < end.input * leastShare);
	const [over] = [...larger].reverse().sort((one, other) => apart(input, one) - apart(input, other));
	const isWith = nodes
		.filter(node => node.match === undefined && held(node.end) > 0)
		.slice(-mostBeginnings)
		.some(
			({request: other}) =>
				isSameModel(other.model, request.model) &&
				wroteTheSame(writtenTokens(request.usage), writtenTokens(other.usage), other.model) &&
				(request.start === undefined ? request.time - other.time <= 10_000 : other.time > request.start),
		);
	return {kind: over ? 'shrunk' : isWith ? 'together' : 'side', over};
};
