"""Measurements: ``make bench`` prints them and keeps them in docs/benchmarks.md."""
