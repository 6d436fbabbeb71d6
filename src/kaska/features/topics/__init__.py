"""What a contact can be classified as: topics, results, sources, reasons of refusal. Edited by the manager."""
