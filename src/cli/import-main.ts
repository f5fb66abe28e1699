import { runImport } from './import.ts';
import { terminal } from './terminal.ts';

process.exitCode = await runImport(process.argv.slice(2), terminal());
