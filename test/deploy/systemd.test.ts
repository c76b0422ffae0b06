// The unit: settings that must stand, and what systemd itself says of it where it is there.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const FOLDER = path.join(__dirname, '..', '..', 'src', 'deploy', 'systemd');
const unit = fs.readFileSync(path.join(FOLDER, 'preticket.service'), 'utf8');
const settings = new Map(
  [...unit.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']): [string, string] => [name, value]),
);

test('an unprivileged user, a read-only system but for its own state, and secrets outside the unit', () => {
  expect(Object.fromEntries(settings)).toMatchObject({
    User: 'preticket',
    ProtectSystem: 'strict',
    ProtectHome: 'yes',
    NoNewPrivileges: 'yes',
    CapabilityBoundingSet: '',
    StateDirectory: 'preticket',
    StateDirectoryMode: '0700',
    UMask: '0077',
    EnvironmentFile: '/etc/preticket/environment',
  });
  expect(unit).not.toMatch(/SECRET=|TOKEN=/);
  expect(settings.has('ReadWritePaths')).toBe(false);
});

test('it is stopped no sooner than it drains, and a wrong setting does not start it for ever', () => {
  expect(Number(settings.get('TimeoutStopSec'))).toBeGreaterThan(10);
  expect(settings.get('RestartPreventExitStatus')).toBe('2');
});

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
(hasSystemd ? test : test.skip)('systemd-analyze finds no fault, and little that is exposed', () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'preticket-unit-'));
  const file = path.join(dir, 'preticket.service');
  // Node may stand elsewhere on this machine.
  fs.writeFileSync(file, unit.replace('/usr/bin/node', process.execPath));
  const checked = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
  expect(checked.stderr).toBe('');
  expect(checked.status).toBe(0);
  const exposure = execFileSync('systemd-analyze', ['security', '--offline=true', '--no-pager', file], {
    encoding: 'utf8',
  });
  expect(Number(/Overall exposure level for .*: ([\d.]+)/.exec(exposure)?.[1])).toBeLessThan(2);
  fs.rmSync(dir, { recursive: true });
});
