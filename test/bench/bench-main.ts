/** Measures the product beside something bare, and prints one table: `npm run bench [-- point …]`. */
import { ack } from './ack.ts';
import { board } from './board.ts';
import { burst } from './burst.ts';
import { closeToDm } from './close-to-dm.ts';
import { embeddedBurst } from './embedded-burst.ts';
import { home } from './home.ts';
import { importing } from './import.ts';
import { intake } from './intake.ts';
import { newOwners } from './new-owners.ts';
import { type Point, type Row, tell } from './point.ts';
import { start } from './start.ts';
import { sweepPoint } from './sweep.ts';
import { table } from './table.ts';

const POINTS: Point[] = [
  ...[intake, sweepPoint, closeToDm, newOwners, burst, ack, board, home, importing],
  ...[embeddedBurst, start],
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !POINTS.some((point) => point.name === name));
if (unknown.length > 0) {
  console.error(`there is no ${unknown.join(', ')}; there are ${POINTS.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const rows: Row[] = [];
for (const point of POINTS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  tell(point.name);
  rows.push(...(await point.run()));
}
console.log(await table(rows));
process.exitCode = rows.every(({ pass }) => pass) ? 0 : 1;
