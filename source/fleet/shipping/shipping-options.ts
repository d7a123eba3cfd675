import {hostname} from 'node:os';
import {UsageError} from '../../errors.js';
import {boundName} from '../../text/bound-names.js';
import {type ClickhouseAddress, parseClickhouseAddress} from '../table/address.js';
import type {Sender} from './sender.js';

/** What a user says about shipping: flags win over the config file. */
type ShippingChoice = {
	/** An address. */
	readonly to?: string | undefined;
	/** The name of this machine in the fleet; its host name unless told. */
	readonly as?: string | undefined;
	readonly hashThreads?: boolean | undefined;
};

/** Where to ship to, as whom. */
export type ShippingPlan = {readonly address: ClickhouseAddress; readonly sender: Sender};

/**
 * Checks what the user says. Undefined if nothing is to be shipped.
 * @throws UsageError
 */
export const shippingPlan = (flags: ShippingChoice, settings: ShippingChoice | undefined): ShippingPlan | undefined => {
	const to = flags.to ?? settings?.to;
	if (to === undefined) {
		return undefined;
	}
	const shipper = (flags.as ?? settings?.as ?? hostname()).trim();
	if (shipper === '' || boundName(shipper) !== shipper) {
		throw new UsageError('--as: the name of this machine in the fleet is empty or too long.');
	}
	return {
		address: parseClickhouseAddress(to),
		sender: {shipper, hashThreads: flags.hashThreads ?? settings?.hashThreads ?? false},
	};
};
