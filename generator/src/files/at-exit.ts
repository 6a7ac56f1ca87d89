const tasks = new Set<() => void>();

/**
 * Has something done when this process exits before it is called off, for example because of a
 * signal; what began last is done first. One listener for all: Node warns of many.
 * @returns calls it off.
 */
export function atExit(task: () => void): () => void {
  if (tasks.size === 0) process.on('exit', runAll);
  tasks.add(task);
  return () => {
    tasks.delete(task);
    if (tasks.size === 0) process.off('exit', runAll);
  };
}

function runAll(): void {
  for (const task of [...tasks].reverse()) {
    try {
      task();
    } catch {
      // Nobody is left to tell; the others must still be done.
    }
  }
}
