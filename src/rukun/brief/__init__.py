"""The page a day: charts and maps as specifications rendered to SVG, the same on every medium."""
