import type { Reporter, TestModule } from 'vitest/node';

type Count = { passed: number; failed: number; skipped: number };

/** Ends each run with a line for each project: what it did, or that it did not run and why. */
export class ProjectSummary implements Reporter {
  readonly #projects: readonly string[];
  readonly #missing: ReadonlyMap<string, string>;
  readonly #strict: boolean;

  /** @param strict whether a project that did not run in full fails the run */
  constructor(projects: readonly string[], missing: ReadonlyMap<string, string>, strict: boolean) {
    this.#projects = projects;
    this.#missing = missing;
    this.#strict = strict;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const faults: string[] = [];
    for (const project of this.#projects) {
      const count = countTests(modules.filter((module) => module.project.name === project));
      const why = this.#missing.get(project);
      const ran = count.passed + count.failed > 0;
      if (why !== undefined) console.log(`  ${project.padEnd(9)} NOT RUN: ${why}`);
      else if (ran || count.skipped > 0) console.log(`  ${project.padEnd(9)} ${inWords(count)}`);
      if (!ran || count.skipped > 0) faults.push(project);
    }
    console.log();
    if (!this.#strict || faults.length === 0) return;
    console.error(`With CI=true every project must run in full; not so: ${faults.join(', ')}.\n`);
    process.exitCode = 1;
  }
}

function countTests(modules: readonly TestModule[]): Count {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const module of modules) {
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      count[state === 'pending' ? 'skipped' : state] += 1;
    }
  }
  return count;
}

function inWords(count: Count): string {
  const parts = Object.entries(count).filter(([, n]) => n > 0);
  return parts.map(([state, n]) => `${n} ${state}`).join(', ');
}
