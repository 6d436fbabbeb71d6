"""The switch: finds and configures Asterisk, talks ARI with it, translates both ways, reads its records."""
