import { runFigures } from './figures.ts';
import { terminal } from './terminal.ts';

process.exitCode = await runFigures(process.argv.slice(2), terminal());
