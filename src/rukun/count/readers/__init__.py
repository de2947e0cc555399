"""Files in, forms out, problems listed."""

from rukun.count.readers.mapping import TableMapping, table_mapping
from rukun.count.readers.reading import Reading, read_forms, read_sirekap
from rukun.count.readers.template import write_template

__all__ = [
    "Reading",
    "TableMapping",
    "read_forms",
    "read_sirekap",
    "table_mapping",
    "write_template",
]
