/** Does an argument or the name of a chart mean something that is not on this machine? */
export function isReference(chart: string): boolean {
  return /^(?:oci|https?):\/\//i.test(chart);
}
