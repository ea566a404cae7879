export function RegionsPage() {
  return <p>RegionsPage</p>;
}
