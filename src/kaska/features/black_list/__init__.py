"""Who may not call: seen and changed by people, kept by the core and in force at once."""
