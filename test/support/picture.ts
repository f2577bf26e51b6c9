// The picture of README.md: what a terminal shows, as an SVG that is readable on light and on dark pages.

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The command whose output the picture shows. */
export const PICTURED = ['plan', 'examples/harbour.yaml', '--from', '2027-01-04'] as const;

export const PICTURE = fileURLToPath(new URL('../../examples/plan.svg', import.meta.url));

/** Runs the command as a wide terminal would and draws what it prints on standard output. */
export function drawPicture(): string {
  const { NO_COLOR: _, ...env } = process.env;
  const output = execFileSync(process.execPath, ['src/cli.ts', ...PICTURED], {
    cwd: ROOT,
    env: { ...env, FORCE_COLOR: '1', COLUMNS: '140' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return svgOf(output.trimEnd().split('\n'));
}

const CHARACTER = 8.4;
const LINE = 20;
const MARGIN = 20;

/** Colours by the SGR code that opens them; 22 and 39 close. */
const STYLES: Readonly<Record<string, string>> = {
  '1': 'font-weight="bold"',
  '2': 'fill-opacity="0.6"',
  '31': 'fill="#e5534b"',
  '32': 'fill="#57ab5a"',
  '33': 'fill="#daaa3f"',
};

function svgOf(lines: readonly string[]): string {
  const longest = Math.max(...lines.map((line) => line.replaceAll(/\x1b\[\d+m/g, '').length));
  const [width, height] = [Math.ceil(longest * CHARACTER) + 2 * MARGIN, lines.length * LINE + 2 * MARGIN];
  const texts = lines.map((line, index) => textOf(line, MARGIN + (index + 0.75) * LINE));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>A plan of ${lines.length} lines: whose turn it is in the coming weeks</title>`,
    `<rect width="${width}" height="${height}" rx="10" fill="#22272e"/>`,
    '<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14" fill="#cdd9e5" xml:space="preserve">',
    ...texts.filter((text) => text !== ''),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** Every run of one style is placed by its column, so that the table stands whatever font there is. */
function textOf(line: string, y: number): string {
  let [style, column, drawn] = ['', 0, ''];
  for (const part of line.split(/(\x1b\[\d+m)/)) {
    const code = /^\x1b\[(\d+)m$/.exec(part)?.[1];
    if (code !== undefined) {
      style = STYLES[code] ?? '';
      continue;
    }
    for (const { 0: word, index } of part.matchAll(/\S+(?: \S+)*/g))
      drawn += spanOf(word, column + index, style);
    column += part.length;
  }
  return drawn === '' ? '' : `<text y="${y}">${drawn}</text>`;
}

function spanOf(word: string, column: number, style: string): string {
  const escaped = word.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const x = (MARGIN + column * CHARACTER).toFixed(1);
  const length = (word.length * CHARACTER).toFixed(1);
  return `<tspan x="${x}" textLength="${length}"${style && ` ${style}`}>${escaped}</tspan>`;
}
