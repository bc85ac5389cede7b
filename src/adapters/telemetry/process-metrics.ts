import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, type Registry } from 'prom-client';

/** The metrics of the process, read when somebody measures. */
export type ProcessMetrics = { read(): void; close(): void };

/**
 * Registers the metrics of the process, under the names that Prometheus clients of Node use. Our own few
 * instead of the library's forty: those watch garbage collection with an observer that can never be ended.
 */
export function registerProcessMetrics(registry: Registry): ProcessMetrics {
  const registers = [registry];
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const start = gauge('process_start_time_seconds', 'When the process began, in seconds since the epoch.');
  const cpu = new Counter({
    name: 'process_cpu_seconds_total',
    help: 'User and system time that the process has used.',
    registers,
  });
  const resident = gauge('process_resident_memory_bytes', 'Memory of the process.');
  const heap = gauge('nodejs_heap_size_used_bytes', 'Memory that JavaScript values use.');
  const external = gauge('nodejs_external_memory_bytes', 'Memory that buffers and native values use.');
  const mean = gauge(
    'nodejs_eventloop_lag_mean_seconds',
    'Mean delay of the event loop since the last reading.',
  );
  const p99 = gauge(
    'nodejs_eventloop_lag_p99_seconds',
    'Delay of the event loop that 1 % exceeded since the last reading.',
  );
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  return {
    read() {
      start.set(Date.now() / 1000 - process.uptime());
      const { user, system } = process.cpuUsage();
      cpu.reset();
      cpu.inc((user + system) / 1e6);
      const memory = process.memoryUsage();
      resident.set(memory.rss);
      heap.set(memory.heapUsed);
      external.set(memory.external);
      mean.set(lag(delay.mean));
      p99.set(lag(delay.percentile(99)));
      delay.reset();
    },
    close: () => {
      delay.disable();
    },
  };
}

/** How often the event loop's delay is sampled, in milliseconds. */
const RESOLUTION = 20;

/** The monitor gives nanoseconds between samples, among them the resolution itself. */
function lag(nanoseconds: number): number {
  return Number.isFinite(nanoseconds) ? Math.max(0, nanoseconds / 1e9 - RESOLUTION / 1000) : 0;
}
