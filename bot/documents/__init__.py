"""Pictures and files for people to look at: what they show comes in as a value, how it looks is decided here."""
