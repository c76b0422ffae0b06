// The compose file and the Kubernetes manifests: they parse, they demand what was promised, and their settings are the contract's.
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { parse, parseAllDocuments } from 'yaml';
import { readConfig } from '../../src/config';
import { freePort } from '../support/redis-server';

const FOLDER = path.join(__dirname, '..', '..', 'src', 'deploy');
const KUBERNETES = path.join(FOLDER, 'kubernetes');
const read = (...at: string[]): string => fs.readFileSync(path.join(FOLDER, ...at), 'utf8');

/** Environment names of the contract; `src/config` reads no other. */
const CONTRACT = new Set(
  ['config.ts', path.join('config', 'helpdesk.ts')]
    .flatMap((file) =>
      [...fs.readFileSync(path.join(__dirname, '..', '..', 'src', file), 'utf8').matchAll(/'([A-Z][A-Z_]{3,})'/g)].map(
        ([, name = '']) => name,
      ),
    )
    .filter((name) => name !== 'CONFIG_INVALID')
    .concat('PORT', 'HOST'),
);

type Tree = Readonly<Record<string, unknown>>;
/** What stands at a path such as `spec.template.0.name`; undefined where nothing does. */
function at(tree: unknown, where: string): unknown {
  return where
    .split('.')
    .reduce<unknown>(
      (part, key) => (typeof part === 'object' && part !== null ? (part as Tree)[key] : undefined),
      tree,
    );
}

const SECRETS = { SESSION_SECRET: 'x'.repeat(40), REDIS_PASSWORD: 'y'.repeat(24) };
/** As compose fills a value in: `${NAME:-default}` and `${NAME:?why}`. */
const filledIn = (value: string, given: Readonly<Record<string, string>>): string =>
  value.replace(/\$\{(\w+):([-?])([^}]*)\}/g, (_all, name: string, kind: string, rest: string) => {
    const found = given[name];
    if (found === undefined && kind === '?') throw new Error(`${name} is needed`);
    return found ?? rest;
  });

describe('compose', () => {
  const compose = parse(read('compose.yaml')) as Tree;
  const environment = at(compose, 'services.preticket.environment') as Record<string, string>;

  test('the names of its settings are the contract’s, and all but those of the place', () => {
    const names = Object.keys(environment);
    expect(names.filter((name) => !CONTRACT.has(name))).toEqual([]);
    const left = ['PORT', 'HOST', 'DATA_DIR', 'PACK_DIR', 'SLACK_API_URL'];
    expect([...CONTRACT].filter((name) => !names.includes(name)).sort()).toEqual(left.sort());
  });

  test('with the two secrets alone the server takes its settings; without one it does not start', () => {
    const fill = (given: Record<string, string>): Record<string, string> =>
      Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filledIn(value, given)]));
    const config = readConfig(fill(SECRETS));
    expect(config).toMatchObject({ trustProxy: 1, rateLimit: 60, helpdesk: { kind: 'none' }, conversationTtlDays: 30 });
    expect(config.redisUrl).toBe(`redis://:${SECRETS.REDIS_PASSWORD}@redis:6379`);
    for (const name of Object.keys(SECRETS))
      expect(() => fill(Object.fromEntries(Object.entries(SECRETS).filter(([key]) => key !== name)))).toThrow(name);
  });

  test.each(['preticket', 'redis'])(
    '%s: no root, a read-only file system, no capabilities, a limit of memory',
    (name) => {
      const service = at(compose, `services.${name}`);
      expect(service).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        restart: 'unless-stopped',
      });
      expect(String(at(service, 'user'))).toMatch(/^[1-9]\d*:[1-9]\d*$/);
      expect(at(service, 'mem_limit')).toBeDefined();
      expect(at(service, 'privileged')).toBeUndefined();
    },
  );

  test('Redis is seen by the server alone, and the server by this machine alone', () => {
    expect(at(compose, 'networks.inner.internal')).toBe(true);
    expect(at(compose, 'services.redis.networks')).toEqual(['inner']);
    expect(at(compose, 'services.redis.ports')).toBeUndefined();
    for (const port of at(compose, 'services.preticket.ports') as string[]) expect(port).toMatch(/^127\.0\.0\.1:/);
  });
});

describe('kubernetes', () => {
  const listed = at(parse(read('kubernetes', 'kustomization.yaml')), 'resources') as string[];
  const documents = listed.flatMap((file) =>
    parseAllDocuments(fs.readFileSync(path.join(KUBERNETES, file), 'utf8')).map((document) => {
      expect(document.errors).toEqual([]);
      return document.toJS() as Tree;
    }),
  );
  const one = (kind: string, name: string): Tree => {
    const found = documents.filter((tree) => tree['kind'] === kind && at(tree, 'metadata.name') === name);
    expect(found).toHaveLength(1);
    return found[0] ?? {};
  };
  const deployment = one('Deployment', 'preticket');
  const pod = at(deployment, 'spec.template.spec');
  const container = at(pod, 'containers.0');

  test('every manifest is listed, and each document is of a kind and has a name', () => {
    const files = fs.readdirSync(KUBERNETES).filter((file) => file.endsWith('.yaml') && file !== 'kustomization.yaml');
    expect(files.sort()).toEqual([...listed].sort());
    for (const tree of documents) {
      expect(tree).toMatchObject({ apiVersion: expect.any(String) as string, kind: expect.any(String) as string });
      expect(at(tree, 'metadata.name')).toEqual(expect.any(String));
    }
  });

  test('two nodes; never fewer while they are exchanged, and one at least while a machine is drained', () => {
    expect(at(deployment, 'spec.replicas')).toBe(2);
    expect(at(deployment, 'spec.strategy.rollingUpdate')).toEqual({ maxUnavailable: 0, maxSurge: 1 });
    expect(at(one('PodDisruptionBudget', 'preticket'), 'spec.minAvailable')).toBe(1);
  });

  test('whatever selects the nodes selects them by the labels that they have', () => {
    const labels = at(deployment, 'spec.template.metadata.labels');
    for (const where of [
      'spec.selector.matchLabels',
      'spec.template.spec.topologySpreadConstraints.0.labelSelector.matchLabels',
    ])
      expect(at(deployment, where)).toEqual(labels);
    expect(at(one('Service', 'preticket'), 'spec.selector')).toEqual(labels);
    expect(at(one('PodDisruptionBudget', 'preticket'), 'spec.selector.matchLabels')).toEqual(labels);
    expect(at(one('NetworkPolicy', 'preticket'), 'spec.podSelector.matchLabels')).toEqual(labels);
  });

  test.each(['Deployment preticket', 'StatefulSet redis'])(
    '%s: no root, a read-only root, no capabilities, no token of the cluster',
    (which) => {
      const [kind = '', name = ''] = which.split(' ');
      const spec = at(one(kind, name), 'spec.template.spec');
      expect(at(spec, 'automountServiceAccountToken')).toBe(false);
      expect(at(spec, 'securityContext')).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(at(spec, 'securityContext.runAsUser')).toBeGreaterThan(0);
      expect(at(spec, 'containers.0.securityContext')).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        privileged: false,
        capabilities: { drop: ['ALL'] },
      });
      expect(at(spec, 'containers.0.resources.limits.memory')).toBeDefined();
    },
  );

  test('alive is not ready: a Redis that is away takes a node out of service and does not start it anew', () => {
    const where = (probe: string): unknown => at(container, `${probe}.httpGet.path`);
    expect(['startupProbe', 'livenessProbe', 'readinessProbe'].map(where)).toEqual(['/healthz', '/healthz', '/readyz']);
    // The server answers 503 within 4 s.
    expect(at(container, 'readinessProbe.timeoutSeconds')).toBeGreaterThan(4);
  });

  test('a node has the time to drain', () => {
    const [, pause] = at(container, 'lifecycle.preStop.exec.command') as string[];
    expect(at(pod, 'terminationGracePeriodSeconds')).toBeGreaterThan(Number(pause) + 10);
  });

  test('settings are the contract’s; secrets come from a secret', () => {
    const kustomization = parse(read('kubernetes', 'kustomization.yaml')) as Tree;
    const plain = (at(kustomization, 'configMapGenerator.0.literals') as string[]).map(
      (line) => line.split('=')[0] ?? '',
    );
    const names = (file: string): string[] =>
      [...read('kubernetes', file).matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name);
    const secret = names('secret.example.env');
    const fixed = (at(container, 'env') as { name: string }[]).map(({ name }) => name);
    expect([...plain, ...secret, ...fixed].filter((name) => !CONTRACT.has(name))).toEqual([]);
    expect(plain.filter((name) => /SECRET|TOKEN|REDIS/.test(name))).toEqual([]);
    expect(secret).toEqual(expect.arrayContaining(['SESSION_SECRET', 'REDIS_URL']));
    expect(names('redis.example.env')).toEqual(['REDIS_PASSWORD']);
  });

  test('nothing is reached but what is said: Redis by the nodes alone, the outside without what is inside', () => {
    expect(at(one('NetworkPolicy', 'default-deny'), 'spec')).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
    const redis = at(one('NetworkPolicy', 'redis'), 'spec');
    expect(at(redis, 'ingress')).toEqual([
      {
        from: [{ podSelector: { matchLabels: at(deployment, 'spec.template.metadata.labels') } }],
        ports: [{ protocol: 'TCP', port: 6379 }],
      },
    ]);
    expect(at(redis, 'egress')).toBeUndefined();
    const outside = (at(one('NetworkPolicy', 'preticket'), 'spec.egress') as Tree[])
      .map((rule) => at(rule, 'to.0.ipBlock'))
      .filter((block) => block !== undefined);
    expect(outside).toHaveLength(1);
    expect(at(outside[0], 'except')).toEqual(expect.arrayContaining(['169.254.0.0/16', '10.0.0.0/8']));
  });
});

describe('Redis as both start it', () => {
  const compose = (at(parse(read('compose.yaml')), 'services.redis.command') as string[]).map((part) =>
    part.replaceAll('$$', '$'),
  );
  const [, stateful] = parseAllDocuments(read('kubernetes', 'redis.yaml')).map((document) => document.toJS() as Tree);
  const kubernetes = at(stateful, 'spec.template.spec.containers.0.command') as string[];

  test.each([
    ['compose', compose],
    ['kubernetes', kubernetes],
  ])(
    '%s: it asks for the password, writes before it answers, and shows the password in no list of processes',
    async (_name, command) => {
      const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'preticket-redis-'));
      const port = await freePort();
      const [shell = '', flag = '', script = ''] = command;
      const own = `${script.trim().replace('--dir /data', `--dir ${dir}`)} --port ${port} --bind 127.0.0.1`;
      const child: ChildProcess = spawn(shell, [flag, own], {
        env: { PATH: process.env['PATH'], REDIS_PASSWORD: SECRETS.REDIS_PASSWORD },
        stdio: 'ignore',
      });
      const ended = new Promise((resolve) => child.once('close', resolve));
      const stranger = new Redis(port, { maxRetriesPerRequest: 100, retryStrategy: () => 50 });
      const redis = new Redis(port, {
        password: SECRETS.REDIS_PASSWORD,
        maxRetriesPerRequest: 100,
        retryStrategy: () => 50,
      });
      for (const client of [stranger, redis]) client.on('error', () => undefined);
      try {
        const setting = async (name: string): Promise<unknown> => (await redis.config('GET', name))[1];
        expect(await setting('appendonly')).toBe('yes');
        expect(await setting('appendfsync')).toBe('always');
        expect(await setting('maxmemory-policy')).toBe('noeviction');
        await expect(stranger.get('x')).rejects.toThrow('NOAUTH');
        expect(fs.readFileSync(`/proc/${child.pid}/cmdline`, 'utf8')).not.toContain(SECRETS.REDIS_PASSWORD);
      } finally {
        stranger.disconnect();
        redis.disconnect();
        child.kill('SIGKILL');
        await ended;
        fs.rmSync(dir, { recursive: true, force: true });
      }
    },
  );
});
