"""Reports: figures kept by interval, told as tables and files; every figure opens the contacts behind it."""
