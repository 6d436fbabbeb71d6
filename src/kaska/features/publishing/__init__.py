"""From what people edit to the immutable configuration that the engine decides by."""
