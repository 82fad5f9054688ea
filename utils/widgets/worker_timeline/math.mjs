// Who computes what, and when: the time lines of utils/distributed/timeline.py. Pure functions, compared with Python.

export const [FORWARD, BACKWARD] = [4, 8]; // seconds of the whole batch on one worker
export const TICK = 0.25; // seconds in a step of the demo

const ring = (workers) => (2 * (workers - 1)) / workers;
const each = (count, make) => Array.from({ length: count }, (_, index) => make(index));

function dataBlocks(workers, buckets, exchange) {
  const sending = (exchange * ring(workers)) / buckets;
  const endOf = (k) => (FORWARD + (BACKWARD * (k + 1)) / buckets) / workers;
  const blocks = each(workers, (worker) => ({ worker, kind: "forward", piece: 0, start: 0, end: FORWARD / workers }));
  let link = 0;
  for (let k = 0; k < buckets; k++) {
    const end = endOf(k);
    const sent = Math.max(end, link);
    link = sent + sending;
    for (let worker = 0; worker < workers; worker++) {
      blocks.push({ worker, kind: "backward", piece: k, start: endOf(k - 1), end });
      if (sending > 0) blocks.push({ worker, kind: "send", piece: k, start: sent, end: link });
    }
  }
  return blocks;
}

function tensorBlocks(workers, layers, exchange) {
  const sending = (exchange * ring(workers)) / layers;
  const blocks = [];
  let now = 0;
  const pass = (kind, seconds, order) => {
    for (const piece of order) {
      const end = now + seconds / layers / workers;
      for (let worker = 0; worker < workers; worker++) {
        blocks.push({ worker, kind, piece, start: now, end });
        if (sending > 0) blocks.push({ worker, kind: "send", piece, start: end, end: end + sending });
      }
      now = end + sending;
    }
  };
  const order = each(layers, (index) => index);
  pass("forward", FORWARD, order);
  pass("backward", BACKWARD, order.toReversed());
  return blocks;
}

function pipelineBlocks(stages, parts, exchange) {
  const seconds = { forward: FORWARD / stages / parts, backward: BACKWARD / stages / parts };
  const sending = exchange / parts;
  const tasks = ["forward", "backward"].flatMap((kind) => each(parts, (piece) => ({ kind, piece })));
  const queues = each(stages, () => [...tasks]);
  const arrived = new Map(each(parts, (piece) => [`forward 0 ${piece}`, 0]));
  const free = each(stages, () => 0);
  const links = new Map();
  const blocks = [];
  const work = (stage, { kind, piece }) => {
    const start = Math.max(free[stage], arrived.get(`${kind} ${stage} ${piece}`));
    const end = start + seconds[kind];
    free[stage] = end;
    blocks.push({ worker: stage, kind, piece, start, end });
    const target = kind === "forward" ? stage + 1 : stage - 1;
    if (target === stages) arrived.set(`backward ${stage} ${piece}`, end);
    else if (target >= 0) {
      const sent = Math.max(end, links.get(`${stage} ${target}`) ?? 0);
      links.set(`${stage} ${target}`, sent + sending);
      arrived.set(`${kind} ${target} ${piece}`, sent + sending);
      if (sending > 0) blocks.push({ worker: stage, kind: "send", piece, start: sent, end: sent + sending });
    }
  };
  while (queues.some((queue) => queue.length)) {
    queues.forEach((queue, stage) => {
      while (queue.length && arrived.has(`${queue[0].kind} ${stage} ${queue[0].piece}`)) work(stage, queue.shift());
    });
  }
  return blocks;
}

/** What each worker does: { worker, kind, piece, start, end }, in seconds. */
export function blocksOf({ kind, workers, pieces, exchange }) {
  const makers = { data: dataBlocks, tensor: tensorBlocks, pipeline: pipelineBlocks };
  return makers[kind](workers, pieces, exchange);
}

/** How long the step takes. */
export const span = (blocks) => Math.max(...blocks.map(({ end }) => end));

/** The share of the workers' time in which they compute. */
export function busyShare(blocks, workers) {
  const computing = blocks.filter(({ kind }) => kind !== "send");
  return computing.reduce((sum, { start, end }) => sum + end - start, 0) / (workers * span(blocks));
}

/** How many workers compute at a time, and how many are there. */
export function computingAt(blocks, time) {
  return new Set(blocks.filter(({ kind, start, end }) => kind !== "send" && start <= time && time < end).map(({ worker }) => worker)).size;
}
