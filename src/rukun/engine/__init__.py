"""Where heavy tables are worked: DuckDB on this machine, Spark elsewhere, the same rows on both.

The relational part of a method is one Ibis expression; the part that needs Python is a function
from an Arrow batch to an Arrow batch. Nothing else in Rukun knows which engine runs.
"""

from __future__ import annotations

from rukun.engine.local import LocalEngine, local
from rukun.engine.named import ENGINES, engine
from rukun.engine.protocol import BatchFunction, Engine, Paths

__all__ = ["ENGINES", "BatchFunction", "Engine", "LocalEngine", "Paths", "engine", "local"]
