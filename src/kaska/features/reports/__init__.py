"""Reports: figures kept by interval, told as tables, files and letters; every figure opens the contacts behind it."""
