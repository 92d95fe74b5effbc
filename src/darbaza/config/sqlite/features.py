"""What the newer library can do beyond the one that Django looks at."""

from typing import Any

from django.db.backends.sqlite3 import features

from darbaza.config.sqlite import driver


class DatabaseFeatures(features.DatabaseFeatures):
    """Features of the bundled library."""

    minimum_database_version = driver.MINIMUM_VERSION
    can_alter_table_drop_column = True
    supports_over_clause = True
    supports_aggregate_filter_clause = True
    supports_json_field = True
    can_return_columns_from_insert: Any = True
    can_return_rows_from_bulk_insert: Any = True
    # 250,000 in newer Django; 32,766 is the library's own limit on variables.
    max_query_params = 32_766
