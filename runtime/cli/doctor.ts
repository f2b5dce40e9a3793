import { canCapture, checks, type Finding, runCheck } from '../doctor/checks.js';
import { runningKernel } from '../hooks/kernel.js';
import { exitStatus } from './report.js';

/** `netcap doctor`: a line for everything that capture needs or profits from. */
export function doctor(): number {
  const kernel = runningKernel();
  const results = checks.map((check) => ({ check, finding: runCheck(check, kernel) }));
  const width = Math.max(...checks.map(({ name }) => name.length));
  for (const { check, finding } of results) {
    process.stdout.write(`${formatFinding(check.name.padEnd(width), finding)}\n`);
  }
  return canCapture(results) ? exitStatus.ok : exitStatus.refused;
}

function formatFinding(name: string, finding: Finding): string {
  if (finding.ok) return `ok  ${name}  ${finding.note}`.trimEnd();
  const help = finding.help === undefined ? '' : ` (${finding.help})`;
  return `no  ${name}  ${finding.note}${help}`;
}
