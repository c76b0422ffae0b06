// What a person must be told beside the verdict: burnt secrets, addresses that are no answer, actions that cost money.
import { fillIn, type Texts } from '../pack/texts';

export interface WarningInput {
  /** Something was redacted. */
  readonly credentialRemoved: boolean;
  /** A request went to a host that imitates the API's. */
  readonly lookAlikeHost: boolean;
  /** An address of an inside network that was given for the outbound one. */
  readonly privateAddress?: string;
  /** The action costs money or changes data. */
  readonly costsMoney?: boolean;
}

/** The warnings that apply, the gravest first. */
export function warningsOf(input: WarningInput, texts: Texts): string[] {
  const warning = (key: string): string => texts.warnings[key] ?? key;
  return [
    ...(input.lookAlikeHost ? [warning('lookAlikeHost')] : []),
    ...(input.credentialRemoved && !input.lookAlikeHost ? [warning('credentialRemoved')] : []),
    ...(input.privateAddress === undefined ? [] : [fillIn(warning('privateAddress'), { value: input.privateAddress })]),
    ...(input.costsMoney === true ? [warning('costsMoney')] : []),
  ];
}
