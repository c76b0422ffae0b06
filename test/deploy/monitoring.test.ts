// Dashboard and alerts name only metrics that a running server prints, with labels that they have; every alert has its section in the runbook.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { createMetrics } from '../../src/http/metrics';
import { served } from '../support/served';

const FOLDER = path.join(__dirname, '..', '..', 'src', 'deploy');
const read = (...at: string[]): string => fs.readFileSync(path.join(FOLDER, ...at), 'utf8');

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook: string };
}
interface Panel {
  readonly title: string;
  readonly type: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string }[];
}
interface Dashboard {
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly query: string }[] };
  readonly annotations: { readonly list: readonly { readonly expr?: string }[] };
}

const { groups } = parse(read('monitoring', 'alerts.yaml')) as { groups: { rules: Alert[] }[] };
const alerts = groups.flatMap(({ rules }) => rules);
const dashboard = JSON.parse(read('monitoring', 'dashboard.json')) as Dashboard;
const drawn = dashboard.panels.filter(({ type }) => type !== 'row');
const queries = [
  ...alerts.map(({ expr }) => expr),
  ...drawn.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
  ...dashboard.templating.list.map(({ query }) => query),
  ...dashboard.annotations.list.map(({ expr = '' }) => expr),
];

/** Names of series with the labels of each, from the text of /metrics. */
function seriesOf(text: string): Map<string, Set<string>> {
  const series = new Map<string, Set<string>>();
  for (const [, name = '', kind] of text.matchAll(/^# TYPE (\w+) (\w+)$/gm))
    for (const ending of kind === 'histogram' ? ['_bucket', '_sum', '_count'] : [''])
      series.set(name + ending, new Set());
  for (const [, name = '', labels = ''] of text.matchAll(/^(\w+)\{(.*)\} /gm))
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) series.get(name)?.add(label);
  return series;
}

/** Every metric with a value for each of its labels. */
async function filled(): Promise<string> {
  const metrics = createMetrics({ process: true });
  metrics.opened('web');
  metrics.turn('message', 'web', 1);
  metrics.redacted([{ kind: 'jwt', count: 1 }]);
  metrics.verdict('a', 'en', 1);
  metrics.status('resolved', false);
  metrics.triaged(null, 'en');
  metrics.ticket('pending');
  metrics.lacked(['domain']);
  metrics.delivery('webhook', 'delivered', 1);
  metrics.removed('expired', 1);
  metrics.request('GET', '/healthz', 200, 1);
  metrics.limited();
  metrics.sockets(1);
  metrics.backlog({ pending: 1, failed: 0 }, 0);
  return metrics.render();
}

/** What Prometheus and its scrapes add by themselves. */
const OF_PROMETHEUS = new Set(['up']);
const ADDED_LABELS = ['job', 'instance', 'le'];

test('a running server prints every metric that dashboard and alerts ask for', async () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'preticket-metrics-'));
  const server = await served(dir);
  const printed = seriesOf(await (await fetch(`${server.url}/metrics`)).text());
  await server.kill();
  fs.rmSync(dir, { recursive: true });
  const asked = new Set(queries.flatMap((query) => query.match(/\bpreticket_\w+/g) ?? []));
  expect(asked.size).toBeGreaterThan(25);
  expect([...asked].filter((name) => !printed.has(name))).toEqual([]);
  // And none of what is counted about people and tickets is left out of the dashboard.
  const shown = drawn.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)).join('\n');
  const own = [...printed.keys()].filter((name) => !/_(?:nodejs|process)_|_(?:sum|count|bucket)$/.test(name));
  expect(own.filter((name) => !shown.includes(name))).toEqual([]);
});

test('labels in queries are labels of their metrics', async () => {
  const series = seriesOf(await filled());
  const faults: string[] = [];
  for (const query of queries) {
    for (const [, name = '', inside = ''] of query.matchAll(/\b(preticket_\w+|up)\{([^}]*)\}/g)) {
      const known = [...(series.get(name) ?? []), ...ADDED_LABELS];
      expect(series.has(name) || OF_PROMETHEUS.has(name)).toBe(true);
      for (const [, label = ''] of inside.matchAll(/(\w+)(?:=~|!~|!=|=)"/g))
        if (!known.includes(label)) faults.push(`${label} of ${name}`);
    }
    const names = query.match(/\bpreticket_\w+/g) ?? [];
    for (const [, by = ''] of query.matchAll(/\bby \(([^)]*)\)/g))
      for (const label of by.split(/,\s*/))
        if (!names.every((name) => [...(series.get(name) ?? []), ...ADDED_LABELS].includes(label)))
          faults.push(`by ${label}: ${query}`);
  }
  expect(faults).toEqual([]);
});

test('brackets of every query are closed, and a job is named in each', () => {
  for (const query of queries) {
    for (const [open, close] of ['()', '[]', '{}'])
      expect(query.split(open ?? '').length).toBe(query.split(close ?? '').length);
  }
  expect(alerts.filter(({ expr }) => !expr.includes('job="preticket"'))).toEqual([]);
});

test('every alert has its section in the runbook, with its query, and the runbook no other', () => {
  const runbook =
    read('README.md')
      .split(/^## /m)
      .find((part) => part.startsWith('Runbook')) ?? '';
  const sections = new Map(
    runbook
      .split(/^### /m)
      .slice(1)
      .map((part): [string, string] => [part.slice(0, part.indexOf('\n')), part]),
  );
  expect([...sections.keys()]).toEqual(alerts.map(({ alert }) => alert));
  for (const { alert, expr, labels, annotations } of alerts) {
    const section = sections.get(alert) ?? '';
    expect(section).toContain(`\`\`\`promql\n${expr}\n\`\`\``);
    for (const part of ['**Means.**', '**Do.**']) expect(section).toContain(part);
    expect(['page', 'ticket']).toContain(labels.severity);
    expect(annotations.runbook).toBe(`src/deploy/README.md#${alert.toLowerCase()}`);
  }
});

test('panels of the dashboard have a name of their own and do not lie on one another', () => {
  const titles = drawn.map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
  const places = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) => {
    expect(x + w).toBeLessThanOrEqual(24);
    return Array.from({ length: w * h }, (_, i) => `${x + (i % w)} ${y + Math.floor(i / w)}`);
  });
  expect(new Set(places).size).toBe(places.length);
});
