/** Puts a server under load with autocannon, as it is told in one message by load.ts. */
import autocannon from 'autocannon';
import type { Load, LoadJob } from './load.ts';

process.once('message', async ({ url, connections, seconds, aSecond, requests }: LoadJob) => {
  let sent = 0;
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    ...(aSecond === undefined ? {} : { overallRate: aSecond }),
    requests: [
      {
        setupRequest: (request) => {
          const next = requests[requests.length === 1 ? 0 : sent];
          sent += 1;
          return { ...request, ...(next ?? requests.at(-1)) };
        },
      },
    ],
  });
  const load: Load = {
    requestsPerSecond: result.requests.average,
    p99Ms: result.latency.p99,
    slowestMs: result.latency.max,
    refused: result.non2xx + result.errors + result.timeouts,
    ranDry: requests.length > 1 && sent > requests.length,
  };
  process.send?.(load, () => process.disconnect());
});
