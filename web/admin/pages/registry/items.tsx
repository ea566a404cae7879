export function ItemsPage() {
  return <p>ItemsPage</p>;
}
