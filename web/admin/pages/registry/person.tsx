export function PersonDrawer() {
  return <p>PersonDrawer</p>;
}
