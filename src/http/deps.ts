// What the server and its routes are given.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../config';
import type { Log } from '../log';
import type { Service } from '../service';
import type { Limit, SharedCounter } from './limit';
import type { Metrics } from './metrics';
import type { AssetBook } from './asset-routes';
import type { Sample } from './open-api-examples';
import type { PageBook } from './page';

export interface AppDeps {
  readonly service: Service;
  /** Where messages of a socket go; to the service itself where left out. */
  readonly chat?: Pick<Service, 'message'>;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly config: Pick<
    Config,
    'maxMessageBytes' | 'trustProxy' | 'rateLimit' | 'allowedOrigins' | 'publicUrl' | 'adminToken'
  >;
  readonly version: string;
  /** Counts of all nodes together; without it this one counts alone. */
  readonly counter?: SharedCounter;
  /** Words of the support-chat page; without them there is none. */
  readonly page?: PageBook;
  /** What the examples at `/openapi.json` are made of. */
  readonly sample?: () => Sample;
  /** What sites embed; without it there is none. */
  readonly assets?: AssetBook;
  readonly slack?: SlackDoors;
  /** For tests; 30 s where left out. */
  readonly requestTimeoutMs?: number;
}

type Answering = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Where Slack comes in. */
export interface SlackDoors {
  /** Takes what Slack sends, where it comes over HTTP. @unredacted */
  readonly receive?: (request: {
    readonly body: Buffer;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  }) => Promise<{ readonly status: number; readonly json?: unknown }>;
  /** Where workspaces install the assistant; both answer the request themselves. */
  readonly installer?: { readonly begin: Answering; readonly end: Answering };
}

/** What routes are given. */
export interface RouteDeps extends AppDeps {
  /** Counts a message, triage or egress call; throws RATE_LIMITED. */
  readonly limit: Limit;
  readonly maxBodyBytes: number;
}
