export function RatingDrawer() {
  return <p>RatingDrawer</p>;
}
