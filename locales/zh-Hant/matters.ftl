# Matters and their duties
