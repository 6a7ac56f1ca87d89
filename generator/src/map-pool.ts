/**
 * Maps items with at most `size` of them under way, results in the order of the items. After the
 * first failure the signal is aborted, no further item is begun, and the failure is thrown when
 * all that was under way has ended.
 */
export async function mapPool<T, R>(
  items: readonly T[],
  size: number,
  map: (item: T, signal: AbortSignal) => Promise<R>,
): Promise<R[]> {
  const controller = new AbortController();
  const results: R[] = [];
  const queue = items.entries();
  const work = async () => {
    for (const [index, item] of queue) {
      if (controller.signal.aborted) return;
      try {
        results[index] = await map(item, controller.signal);
      } catch (error) {
        controller.abort(error);
      }
    }
  };
  await Promise.all(Array.from({ length: size }, work));
  controller.signal.throwIfAborted();
  return results;
}
