"""The audit of any telephone system from its logs: readers → contacts → figures → text, page, document."""
