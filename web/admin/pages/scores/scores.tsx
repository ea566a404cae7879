export function ScoresPage() {
  return <p>ScoresPage</p>;
}
