"""What a supervisor does on the floor: listen, whisper, barge in, take over, move who waits, set states and skills."""
