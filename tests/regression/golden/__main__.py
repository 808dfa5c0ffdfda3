"""Write the golden table anew."""

from tests.regression.golden import TABLE, table

TABLE.write_text(table(), encoding="utf-8")
print(f"Written: {TABLE}")
