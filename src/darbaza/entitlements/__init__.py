"""What the law allows whom: rules as dated data, and balances as a ledger."""
